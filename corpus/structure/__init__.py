"""Structure: makes passages of lines.

Policy texts come as lines that a page layout broke. `lines` sees what each line is; `columns` and `layout` tell from
the widths of lines where the column's edge broke them; `paragraphs` joins them: a line break ends no paragraph where a
sentence runs on, whatever stands between (a page number, a header, a footnote), and where a sentence ends with its
line, the width of the column decides. `classification` gives each block its kind, `sections` its section path: the
numbering of official writing (第一条, 一、, （一）, 1.) decides, whatever Markdown marks say. No line is lost, and
joining adds no character but a space between Latin words.
"""
