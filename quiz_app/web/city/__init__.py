"""市国资委: the released reports of all enterprises, to read only, and the suggestions, to answer."""
