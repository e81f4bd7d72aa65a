"""容错纠错学习站: the learning site and its quiz service."""
