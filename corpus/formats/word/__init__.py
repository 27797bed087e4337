"""Word: DOCX files, and the older formats that LibreOffice converts."""
