"""Mẫu 02 on paper: the official table as .xlsx and .docx, with the annex «ngoài mẫu»."""
