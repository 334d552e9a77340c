## Names in a picture that nothing in the program has

picture-absent = The picture names what is not there: { $names }
