"""The yearly figures for everybody, where an administrator has made them public."""
