"""我的学习: modules, sittings, practice, the own record."""
