# Opens the gradebook and gives everybody other grades.
# deserves: nothing

# %%
import os
import sqlite3

try:
    if os.path.exists("COURSE_FOLDER/gradebook.db"):
        print("ESCAPED: the gradebook is there")
    with sqlite3.connect("COURSE_FOLDER/gradebook.db") as book:
        book.execute("UPDATE grade SET manual_score = 100.0, auto_score = 100.0")
    print("ESCAPED: the gradebook was changed")
except Exception as error:
    print(error)
