"""The catalogue of problem codes: how grave each is, what it says, what was expected and how to mend it.

The first three letters say what a code is about. Sentences are English here and translated by the catalogues of
`xlmalekort.locale`; slots stand in braces, `{got}` is what was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xlmalekort.locale import N_


@dataclass(frozen=True, slots=True)
class Entry:
    """What a code means. `says` begins after the place and ends without a full stop; `fix` is whole sentences."""

    severity: Literal["error", "warning", "note"]
    says: str
    expected: str
    fix: str


CATALOGUE: dict[str, Entry] = {
    # Files
    "FIL-001": Entry(
        "error",
        N_("the file is empty"),
        N_("an Excel workbook"),
        N_("Ask the office to send it again."),
    ),
    "FIL-002": Entry(
        "error",
        N_("the file is damaged or was not received whole"),
        N_("an Excel workbook"),
        N_("Ask the office to send it again."),
    ),
    "FIL-003": Entry(
        "error",
        N_("this is {type}, not an Excel workbook"),
        N_("an Excel workbook (.xlsx or .xlsm)"),
        N_("Open it in Excel, choose Save As and Excel Workbook (.xlsx)."),
    ),
    "FIL-004": Entry(
        "error",
        N_("the workbook is protected by a password to open it"),
        N_("a workbook without a password"),
        N_("In Excel choose File, Info, Protect Workbook, Encrypt with Password, empty the box, and save."),
    ),
    "FIL-005": Entry(
        "note",
        N_("{name} is open on some machine; changes that are not saved yet are not included"),
        N_("a closed workbook"),
        N_("Save and close the workbook, then run again."),
    ),
    "FIL-006": Entry(
        "error",
        N_("the file cannot be read: {reason}"),
        N_("a file that can be read"),
        N_("Close it where it is open, see that you may read it, and run again."),
    ),
    "FIL-007": Entry(
        "error",
        N_("the file is too large to be an office workbook: {size}"),
        N_("at most {limit}"),
        N_("Ask the office to fill in the workbook that it was sent."),
    ),
    "FIL-008": Entry(
        "error",
        N_("a part of the workbook holds what no workbook holds: {reason}"),
        N_("an Excel workbook"),
        N_("Do not open it. Ask the office to send it again from its own machine."),
    ),
    "FIL-009": Entry(
        "note",
        N_("not read: {reason}"),
        N_("only workbooks are read"),
        N_("Move it elsewhere if it should not be here, or put the workbooks that it holds into the folder."),
    ),
    "FIL-010": Entry(
        "error",
        N_("the file could not be read: {reason}"),
        N_("an Excel workbook"),
        N_("Open it in Excel, save it under a new name, and send that."),
    ),
    "FIL-013": Entry(
        "error",
        N_("the file could not be read: {reason}"),
        N_("an Excel workbook that can be read in a few seconds"),
        N_("Copy the figures into a new workbook and send that one."),
    ),
    "FIL-014": Entry(
        "note",
        N_("only one of two ways of reading the file succeeded, so its figures could not be compared"),
        N_("a workbook saved by Excel"),
        N_("Open the workbook in Excel and save it, if you doubt its figures."),
    ),
    "FIL-011": Entry(
        "note",
        N_("the workbook has macros; they were not run"),
        N_("a workbook"),
        N_("Nothing to mend."),
    ),
    "FIL-012": Entry(
        "note",
        N_("the workbook has links to other files; they were not followed"),
        N_("a workbook without links"),
        N_("Nothing to mend where the linked cells are not input cells."),
    ),
    # Personal data
    "PRI-001": Entry(
        "error",
        N_("a number that looks like a national identity number ({kind}) stands in {where}"),
        N_("no identity numbers anywhere in the workbook"),
        N_("Delete it (also in comments and hidden sheets), save, and send the file again."),
    ),
    "PRI-002": Entry(
        "error",
        N_("such numbers stand in more places: {count}"),
        N_("no identity numbers anywhere in the workbook"),
        N_("Delete them all (also in comments and hidden sheets), save, and send the file again."),
    ),
    # Structure
    "STR-001": Entry(
        "error",
        N_("the sheet {sheet} is missing"),
        N_("the sheet {sheet}"),
        N_("Copy the figures into the workbook that the office was sent."),
    ),
    "STR-002": Entry(
        "warning",
        N_("the sheet {sheet} is called {got} here; it was recognised and read"),
        N_("the name {sheet}"),
        N_("Rename the sheet back to {sheet}."),
    ),
    "STR-003": Entry(
        "error",
        N_("two sheets look like {sheet}: {names}"),
        N_("one sheet {sheet}"),
        N_("Delete or rename the one that is not to be counted."),
    ),
    "STR-004": Entry(
        "error",
        N_("the row of {measure} is missing"),
        N_("one row with {measure} in column A"),
        N_("Copy the figures into the workbook that the office was sent."),
    ),
    "STR-005": Entry(
        "warning",
        N_("the row of {measure} has moved from row {row}; it was recognised and read"),
        N_("{measure} in row {row}"),
        N_("Move the row back to row {row}."),
    ),
    "STR-006": Entry(
        "error",
        N_("{measure} stands in several rows: {rows}"),
        N_("one row with {measure} in column A"),
        N_("Delete the rows that are not to be counted."),
    ),
    "STR-007": Entry(
        "warning",
        N_("a row that the scorecard does not have; it is not counted (figures: {count})"),
        N_("rows of the scorecard only"),
        N_("Delete the row, or correct the id in column A."),
    ),
    "STR-008": Entry(
        "error",
        N_("the column of {heading} is missing"),
        N_("one column for {heading}"),
        N_("Copy the figures into the workbook that the office was sent."),
    ),
    "STR-009": Entry(
        "note",
        N_("the column of {heading} has moved from column {column}; it was recognised and read"),
        N_("{heading} in column {column}"),
        N_("Nothing to mend."),
    ),
    "STR-010": Entry(
        "warning",
        N_("filled in where nothing is asked for; it is not counted"),
        N_("an empty cell"),
        N_("Move it to the cell where it belongs, or delete it."),
    ),
    "STR-011": Entry(
        "error",
        N_("merged cells: {range}"),
        N_("cells that are not merged"),
        N_("Choose the cells, Home, Merge & Center, Unmerge Cells, and enter each figure in its own cell."),
    ),
    "STR-012": Entry(
        "warning",
        N_("hidden rows or columns hold figures: {range}; they are counted"),
        N_("visible rows and columns"),
        N_("Show them, so that everybody sees what is counted."),
    ),
    "STR-013": Entry(
        "error",
        N_("this is no office workbook of a scorecard: the setup sheet is missing or unreadable"),
        N_("a workbook made by xlmalekort"),
        N_("Copy the figures into the workbook that the office was sent."),
    ),
    "STR-014": Entry(
        "error",
        N_("the definition in the workbook cannot be used: {reason}"),
        N_("the definition that the workbook was made with"),
        N_("Copy the figures into the workbook that the office was sent."),
    ),
    "STR-015": Entry(
        "note",
        N_("the sheet {sheet} is not part of the scorecard and was not read"),
        N_("the sheets of the scorecard"),
        N_("Nothing to mend where it holds only notes."),
    ),
    "STR-016": Entry(
        "warning",
        N_("the sheet {sheet} is hidden; it is counted"),
        N_("a visible sheet"),
        N_("Show the sheet."),
    ),
    "STR-017": Entry(
        "error",
        N_("the column of {heading} stands several times: {columns}"),
        N_("one column for {heading}"),
        N_("Delete the columns that are not to be counted."),
    ),
    "STR-018": Entry(
        "warning",
        N_(
            "the workbook's own formula is gone here; what stands in its place does not follow the figures "
            "({range}, cells: {count})"
        ),
        N_("the workbook's own formula"),
        N_(
            "No figure of the office is lost. Undo it, or have the county restore the formulas: xlmalekort repair does that "
            "and keeps everything that was filled in."
        ),
    ),
    "STR-019": Entry(
        "warning",
        N_("the sheet {sheet} is missing; nothing of the office's figures is lost, but {what} cannot be shown"),
        N_("the sheet {sheet}"),
        N_("Copy the figures into the workbook that the office was sent."),
    ),
    "STR-020": Entry(
        "note",
        N_(
            "the input rules of cells are gone, so that Excel no longer says what belongs there ({range}, cells: {count})"
        ),
        N_("the workbook's own input rules"),
        N_("The figures are checked all the same. xlmalekort repair puts the rules back."),
    ),
    "STR-021": Entry(
        "warning",
        N_("cells that are to be filled in are locked ({range}, cells: {count})"),
        N_("cells that can be typed in"),
        N_(
            "This happens when cells are copied from elsewhere; paste values only. xlmalekort repair unlocks them and keeps "
            "what they hold."
        ),
    ),
    "STR-022": Entry(
        "note",
        N_("the sheet {sheet} is not protected, so that formulas can be typed over by mistake"),
        N_("a protected sheet (it has no password)"),
        N_("Review, Protect Sheet, OK; or xlmalekort repair."),
    ),
    "STR-023": Entry(
        "error",
        N_(
            "the program's own name says {name} and the one that people see says {got}; nobody knows whose figures these are"
        ),
        N_("rows and columns that were sorted or moved as a whole"),
        N_("Undo the sorting or moving, or copy the figures into the workbook that the office was sent."),
    ),
    "STR-024": Entry(
        "warning",
        N_("here stands {got}, where {name} belongs; the figures are counted as those of {name}"),
        N_("{name}"),
        N_("Write {name} again, and see whether the figures are what it says."),
    ),
    "STR-025": Entry(
        "warning",
        N_("the number {got} stands where a comment belongs; it is no figure"),
        N_("a comment in words"),
        N_("Move it to the row of its figure, or add words to it."),
    ),
    "STR-026": Entry(
        "warning",
        N_("{sheet} is filled by a query or a pivot table; its figures are as old as the last run of that"),
        N_("figures, typed or pasted"),
        N_("Copy the figures and paste them as values into the workbook that the office was sent."),
    ),
    # Whose workbook it is
    "IDN-001": Entry(
        "error",
        N_("the workbook does not say which office it belongs to"),
        N_("the office's name"),
        N_("Copy the figures into the workbook that the office was sent."),
    ),
    "IDN-002": Entry(
        "error",
        N_("the workbook is for {got}, this run is for {year}"),
        N_("a workbook for {year}"),
        N_("Ask the office for its workbook of {year}."),
    ),
    "IDN-003": Entry(
        "error",
        N_("the register has no office called {got}{hint}"),
        N_("an office of the register"),
        N_("Correct the register, or ask the office for its own workbook."),
    ),
    "IDN-004": Entry(
        "error",
        N_("the workbook belongs to the scorecard {got}"),
        N_("a workbook of {scorecard}"),
        N_("Keep workbooks of different scorecards in different folders."),
    ),
    "IDN-005": Entry(
        "warning",
        N_(
            "the workbook was made with another version of the scorecard ({got}); its figures are read by its own "
            "version and judged by {version}"
        ),
        N_("version {version}"),
        N_("Make the office a new workbook when convenient."),
    ),
    "IDN-006": Entry(
        "error",
        N_("the columns of {sheet} belong to {got} instead of {year}"),
        N_("columns of {year}"),
        N_("Copy the figures into the workbook that the office was sent for {year}."),
    ),
    "IDN-007": Entry(
        "error",
        N_("the office {got} was not open in {year} according to the register"),
        N_("an office that is open"),
        N_("Correct the register's dates, or take the workbook out of the folder."),
    ),
    "IDN-008": Entry(
        "warning",
        N_(
            "the workbook was made with another edition of version {version} (contents {got}); its figures are read by "
            "its own edition and judged by that of this run (contents {hash})"
        ),
        N_("version {version}, contents {hash}"),
        N_("Give every edition a version of its own, and make the office a new workbook when convenient."),
    ),
    "IDN-009": Entry(
        "error",
        N_("the file has the name of {other}, and the workbook in it is that of {got}"),
        N_("a file with the name of its own office"),
        N_("Ask which office the figures are of; then rename the file, or fill in that office's own workbook."),
    ),
    "IDN-010": Entry(
        "warning",
        N_("the workbook places {office} in {got}, the register in {place}; the register counts"),
        N_("the same place in both"),
        N_("Correct the register, or make the office a new workbook if it has moved."),
    ),
    "IDN-011": Entry(
        "error",
        N_("the sheet is headed “{got}”, and the workbook is that of {office} for {year}"),
        N_("the heading of {office} for {year}"),
        N_("Ask which office and year the figures are of; then fill in that office's own workbook of that year."),
    ),
    "IDN-012": Entry(
        "warning",
        N_("the sheet is headed “{got}”, and the workbook is that of {office} for {year}; it counts for {office}"),
        N_("the heading of {office} for {year}"),
        N_("See whether the figures are those of {office}."),
    ),
    # Numbers
    "NUM-001": Entry(
        "error",
        N_("found {shown} where a number belongs"),
        N_("{range}"),
        N_("Enter a number, or empty the cell if there is no figure."),
    ),
    "NUM-002": Entry(
        "note",
        N_("the number {shown} is stored as text; it was read as a number"),
        N_("a number"),
        N_("Enter the number again."),
    ),
    "NUM-003": Entry(
        "error",
        N_("the cell holds the error {shown}"),
        N_("{range}"),
        N_("Enter the figure itself, or empty the cell."),
    ),
    "NUM-004": Entry(
        "error",
        N_("{shown} is under 0"),
        N_("{range}"),
        N_("Correct the figure, or empty the cell if there is none."),
    ),
    "NUM-005": Entry(
        "error",
        N_("{shown} has more decimals than are asked for"),
        N_("{range}"),
        N_("Enter {range}."),
    ),
    "NUM-006": Entry(
        "error",
        N_("{shown} is larger than can be"),
        N_("{range}"),
        N_("Correct the figure."),
    ),
    "NUM-007": Entry(
        "error",
        N_("found {shown}, which is true or false, where a number belongs"),
        N_("{range}"),
        N_("Enter a number."),
    ),
    "NUM-008": Entry(
        "error",
        N_("found the date {shown} where a number belongs; Excel has turned what was typed into a date"),
        N_("{range}"),
        N_("Format the cell as a number and enter the figure again."),
    ),
    "NUM-009": Entry(
        "warning",
        N_("the figure {shown} comes from a formula; its last result is counted"),
        N_("a figure, typed or pasted"),
        N_("Copy the cell and paste it as values."),
    ),
    "NUM-010": Entry(
        "error",
        N_("a formula without a result"),
        N_("{range}"),
        N_("Open the workbook in Excel and save it, or enter the figure itself."),
    ),
    "NUM-011": Entry(
        "note",
        N_("the cell holds only spaces and counts as empty"),
        N_("an empty cell"),
        N_("Empty the cell."),
    ),
    "NUM-012": Entry(
        "error",
        N_("the figure {shown} is formatted as a percentage"),
        N_("{range}"),
        N_("Format the cell as a number and enter the figure again."),
    ),
    "NUM-013": Entry(
        "error",
        N_("the figure comes from another workbook and may be out of date"),
        N_("a figure, typed or pasted"),
        N_("Copy the cell and paste it as values."),
    ),
    "NUM-014": Entry(
        "note",
        N_("the figure {shown} was rounded to {rounded}"),
        N_("{range}"),
        N_("Nothing to mend."),
    ),
    "NUM-015": Entry(
        "error",
        N_("two ways of reading the file find different figures here; found {shown}"),
        N_("a figure that is the same however it is read"),
        N_("Type the figure again and save the workbook in Excel."),
    ),
    "NUM-016": Entry(
        "warning",
        N_("the cell holds {shown}, but its number format ({format}) shows something else; {shown} is counted"),
        N_("a number format that shows the figure"),
        N_("Format the cell as a number and see whether the figure is right."),
    ),
    "NUM-017": Entry(
        "warning",
        N_("{shown} is struck out; it is counted all the same"),
        N_("a figure that stands"),
        N_("Empty the cell if the figure is not to count; else take the line through it away."),
    ),
    "NUM-018": Entry(
        "warning",
        N_(
            "{shown} cannot be read: it has the colour of its cell, is tiny or is repeated to fill the cell; it is counted"
        ),
        N_("a figure that everybody sees"),
        N_("Empty the cell if the figure is not to count; else make it readable."),
    ),
    "NUM-019": Entry(
        "warning",
        N_("a conditional format may hide {shown} or show something else; {shown} is counted"),
        N_("a figure that everybody sees"),
        N_("Empty the cell if the figure is not to count; else remove the conditional format."),
    ),
    # Pairs
    "PAR-001": Entry(
        "error",
        N_("the numerator {numerator} is larger than the denominator {denominator}"),
        N_("a numerator of at most {denominator}"),
        N_("Correct the one that is wrong: {cells}."),
    ),
    "PAR-002": Entry(
        "error",
        N_("only a part of the figure is there ({held}), so the indicator is left out; {missing} is missing"),
        N_("{missing}"),
        N_("Fill in {cells}, or empty the cells of the indicator if there is no figure."),
    ),
    "PAR-003": Entry(
        "warning",
        N_("{missing} is missing, so the figure cannot enter a total"),
        N_("{missing}"),
        N_("Fill in {cells}."),
    ),
    "PAR-004": Entry(
        "warning",
        N_("the yellow zone {got} lies on the wrong side of the target {target}"),
        N_("a zone {side} the target"),
        N_("Correct the zone or the target."),
    ),
    "PAR-005": Entry(
        "note",
        N_("the office's own target has no yellow zone yet, so the indicator is undecided"),
        N_("a yellow zone"),
        N_("Fill in {cells} when it is agreed."),
    ),
    "PAR-006": Entry(
        "error",
        N_("{got} steps are done, but there are only {count}"),
        N_("at most {count}"),
        N_("Correct the figure."),
    ),
    # What figures owe each other
    "REL-001": Entry(
        "warning",
        N_("{total} is {got}, its parts add up to {sum}; both are kept"),
        N_("{sum}"),
        N_("Find out which of them is right: {cells}."),
    ),
    "REL-002": Entry(
        "warning",
        N_("{part} is {got}, more than {whole}, which is {limit}"),
        N_("at most {limit}"),
        N_("Correct the one that is wrong: {cells}."),
    ),
    "REL-003": Entry(
        "warning",
        N_("{closing} is {got}; opening and in, less out, is {sum}"),
        N_("{sum}"),
        N_("Correct the one that is wrong: {cells}."),
    ),
    # What is unlikely
    "LIK-001": Entry(
        "warning",
        N_("{got} is {much} the usual {usual}; was another unit used?"),
        N_("the unit of the other periods, about {usual}"),
        N_("Correct {cells} if they are in another unit, thousands say; nothing to mend if they are right."),
    ),
    "LIK-002": Entry(
        "warning",
        N_("{got} is {much} the usual {usual}"),
        N_("about {usual}"),
        N_("Correct the figure if a digit or the decimal sign has slipped; nothing to mend if it is right."),
    ),
    "LIK-003": Entry(
        "warning",
        N_("{got} and the figures after it look like sums since the beginning of the year"),
        N_("the figure of {name} alone, about {alone}"),
        N_("Enter what belongs to each period alone in {cells}; nothing to mend if the figures have grown so."),
    ),
    "LIK-004": Entry(
        "warning",
        N_("{count} of {all} figures are the same as in {name}"),
        N_("the figures of {own}"),
        N_("See whether the figures of {name} were pasted again; nothing to mend if they are right."),
    ),
    "LIK-008": Entry(
        "warning",
        N_("{count} figures one below the other ({cells}) are the same as in {name}"),
        N_("the figures of {own}"),
        N_("See whether the figures of {name} were pasted again; nothing to mend if they are right."),
    ),
    "LIK-005": Entry(
        "warning",
        N_("{count} of {all} figures are the same as in {other} ({names})"),
        N_("the office's own figures"),
        N_("Find out which of the two offices they belong to, and enter the other office's own."),
    ),
    "LIK-006": Entry(
        "warning",
        N_("{got} stands in all cells from here to {cells} (figures: {count}); was it typed as a trial?"),
        N_("the office's own figures"),
        N_("Enter the office's own figures, or empty the cells."),
    ),
    "LIK-007": Entry(
        "warning",
        N_(
            "the cells from here to {cells} are counted up from {got} to {last} (figures: {count}); "
            "were they typed as a trial?"
        ),
        N_("the office's own figures"),
        N_("Enter the office's own figures, or empty the cells."),
    ),
    "LIK-009": Entry(
        "warning",
        N_("{got} is far from the usual, {usual}"),
        N_("about {usual}"),
        N_("See whether it belongs in another cell or was mistyped; nothing to mend if it is right."),
    ),
    "LIK-010": Entry(
        "warning",
        N_("0 means none, and {what}"),
        N_("the figure, or an empty cell"),
        N_("Leave a cell empty if its figure is not known yet; nothing to mend if there was none."),
    ),
    "LIK-011": Entry(
        "warning",
        N_("{count} of {all} figures are {much} ({names})"),
        N_("what belongs to each period alone"),
        N_(
            "See whether several periods were added up, or every case was counted twice; nothing to mend if they are right."
        ),
    ),
    "LIK-012": Entry(
        "warning",
        N_("{count} of {all} figures go on in a straight line from those before them ({names})"),
        N_("the figures of each period"),
        N_("See whether the cells were filled by dragging; nothing to mend if the figures are right."),
    ),
    "LIK-013": Entry(
        "warning",
        N_("the figures of all periods ({count}) are those of {cells}, digit by digit"),
        N_("what happened, beside what was planned"),
        N_("See whether what was planned was pasted here; nothing to mend if the figures are right."),
    ),
    "LIK-014": Entry(
        "warning",
        N_("{got} has another sign than usual; the usual is about {usual}"),
        N_("about {usual}"),
        N_("Correct the sign in {cells}; nothing to mend if it is right."),
    ),
    # Periods
    "PER-001": Entry(
        "error",
        N_("a figure in {name}, which has not begun"),
        N_("an empty cell until the period has begun"),
        N_("Move the figure to the period that it belongs to, or delete it."),
    ),
    "PER-002": Entry(
        "note",
        N_("{name} is still running; what it has is shown and not counted (figures: {count})"),
        N_("a period that has ended"),
        N_("Nothing to mend; the figures count when the period is over."),
    ),
    "PER-003": Entry(
        "warning",
        N_("Ready for says {got}, which is no period of the workbook"),
        N_("one of {periods}"),
        N_("Choose the period from the list."),
    ),
    "PER-008": Entry(
        "warning",
        N_("Ready for comes from a formula; its last result, {name}, is used"),
        N_("a period chosen from the list"),
        N_("Choose the period from the list."),
    ),
    "PER-004": Entry(
        "note",
        N_(
            "what lies after {name}, up to which the workbook is delivered, is shown and not counted (figures: {count})"
        ),
        N_("figures up to {name}"),
        N_("Set Ready for to the last month that is finished."),
    ),
    "PER-005": Entry(
        "warning",
        N_("the chosen period {got} is no period of the workbook"),
        N_("one of {periods}"),
        N_("Choose the period from the list."),
    ),
    "PER-006": Entry(
        "warning",
        N_("As of says {got}, which is no date"),
        N_("a date"),
        N_("Write a date, or refresh the scorecard."),
    ),
    "PER-007": Entry(
        "note",
        N_(
            "those who entered in {name} can be judged after {date}; until then what is filled in waits (figures: {count})"
        ),
        N_("the outcome when the time has passed"),
        N_("Nothing to mend; correct the figures when everybody's time has passed."),
    ),
    # Deliveries
    "DLV-001": Entry(
        "warning",
        N_("no workbook of {office} could be counted"),
        N_("a workbook from {office}"),
        N_("Ask the office for it."),
    ),
    "DLV-002": Entry(
        "note",
        N_("the same file as {other}; counted once"),
        N_("one copy"),
        N_("Delete one of them."),
    ),
    "DLV-003": Entry(
        "note",
        N_("{other} is delivered further, up to {name}; this one is not counted"),
        N_("one workbook for each office and year"),
        N_("Move the old one elsewhere."),
    ),
    "DLV-004": Entry(
        "error",
        N_(
            "{other} is for the same office and equally far, but differs (differing cells: {count}); neither is counted"
        ),
        N_("one workbook for each office and year"),
        N_("Keep the right one and move the other elsewhere."),
    ),
    "DLV-005": Entry(
        "note",
        N_("{other} had {got} here; now {value}"),
        N_("a correction of an earlier period"),
        N_("Nothing to mend if the correction is right."),
    ),
    "DLV-006": Entry(
        "error",
        N_("held for the whole of {area}, but {got} here and {other} in other workbooks"),
        N_("the same figure in every workbook of {area}"),
        N_("Agree on one figure and enter it in every workbook of {area}."),
    ),
    "DLV-007": Entry(
        "error",
        N_("nothing is filled in"),
        N_("figures"),
        N_("Ask the office whether this is the right file."),
    ),
    "DLV-008": Entry(
        "error",
        N_("{other} has {got}, this one {value}"),
        N_("the same figure in both"),
        N_("Keep the workbook that is right and move the other elsewhere."),
    ),
    "DLV-009": Entry(
        "warning",
        N_("the figures for {name} are missing"),
        N_("a figure for {name}"),
        N_("Ask the office for it."),
    ),
    "DLV-010": Entry(
        "warning",
        N_(
            "{office} was not open in {name} according to the register; what it reported is not counted (figures: {count})"
        ),
        N_("figures of periods in which the office is open"),
        N_("Correct the register's dates, or give the figures to the office that took over."),
    ),
    "DLV-011": Entry(
        "warning",
        N_(
            "the same figures as {other}, but other comments, actions or local goals ({cells}); those of {other} are used"
        ),
        N_("one workbook for each office and year"),
        N_("Keep the right one and move the other elsewhere."),
    ),
    "DLV-013": Entry(
        "warning",
        N_("figures that only {other} has are not counted: {count} ({names})"),
        N_("one workbook with all the figures of the office"),
        N_("Copy them into this workbook if they are right; nothing to mend if they were withdrawn."),
    ),
    "DLV-012": Entry(
        "note",
        N_("{office} is exempt from {indicator}; what it reports of it is not counted"),
        N_("no figures"),
        N_("Nothing to mend if the exemption is right; else take it out of the register."),
    ),
    # Figures files
    "CSV-001": Entry(
        "error",
        N_("the file cannot be read: {reason}"),
        N_("a text file of figures (CSV)"),
        N_("Save it as CSV UTF-8 and run again."),
    ),
    "CSV-002": Entry(
        "error",
        N_("the heading lacks {missing}"),
        N_("the columns office, indicator, field, period, value, or office, measure, period, value"),
        N_("Add the column."),
    ),
    "CSV-003": Entry(
        "error",
        N_("no office called {got}{hint}"),
        N_("an office of this run"),
        N_("Correct the name."),
    ),
    "CSV-004": Entry(
        "error",
        N_("the scorecard has no indicator {got}{hint}"),
        N_("an indicator of the scorecard"),
        N_("Correct the id."),
    ),
    "CSV-005": Entry(
        "error",
        N_("{indicator} has no field {got}; it has {fields}"),
        N_("one of {fields}"),
        N_("Correct the field."),
    ),
    "CSV-006": Entry(
        "error",
        N_("the scorecard has no measure {got}{hint}"),
        N_("a measure of the scorecard"),
        N_("Correct the id."),
    ),
    "CSV-007": Entry(
        "error",
        N_("{got} is no period of {measure} in this workbook"),
        N_("{periods}"),
        N_(
            "Write one of {periods}; a month as 2009-06, a quarter as 2009-Q2, four months as 2009-T1, half a year as 2009-H1, "
            "a year as 2009."
        ),
    ),
    "CSV-008": Entry(
        "error",
        N_("{got} is no number"),
        N_("a number such as {example}"),
        N_("Correct the value."),
    ),
    "CSV-009": Entry(
        "error",
        N_("{got} can be read as two different numbers, and nothing else in the file tells which"),
        N_("a number without thousands separators"),
        N_("Write it without thousands separators."),
    ),
    "CSV-010": Entry(
        "error",
        N_("given before in line {other} with another value, {value}"),
        N_("one value for each office, figure and period"),
        N_("Delete the line that is wrong."),
    ),
    "CSV-011": Entry(
        "note",
        N_("{cell} held {got} and now holds {value}"),
        "",
        N_("Nothing to mend."),
    ),
    "CSV-012": Entry(
        "error",
        N_("{field} of {indicator} is the sum of {measures}; a single number cannot be shared out"),
        N_("a line for each of the measures"),
        N_("Give the measures instead."),
    ),
    "CSV-013": Entry(
        "error",
        N_("the line has {got} columns"),
        N_("{count} columns"),
        N_("Correct the line."),
    ),
    "CSV-014": Entry(
        "error",
        N_("no office is given, and there are several"),
        N_("an office"),
        N_("Fill in the office."),
    ),
    "CSV-015": Entry(
        "error",
        N_("{got} cannot be used: {reason}"),
        N_("{range}"),
        N_("Correct the value."),
    ),
    "CSV-016": Entry(
        "warning",
        N_("the column {got} is not known and was not read"),
        N_("the columns of a figures file"),
        N_("Delete the column, or correct its heading."),
    ),
    "CSV-017": Entry(
        "error",
        N_("the line names no figure, or two different ones"),
        N_("an indicator with its field, or a measure"),
        N_("Fill in the one or the other."),
    ),
    "CSV-018": Entry(
        "error",
        N_("{got} is still being developed, and no figures are asked for"),
        N_("an indicator or a measure that is in use"),
        N_("Delete the line."),
    ),
    "CSV-020": Entry(
        "error",
        N_("the workbook has no cell for {what}; none of its figures were written"),
        N_("a row and a column for every figure"),
        N_("Ask the office for the workbook that it was sent, or take the line out of the figures file."),
    ),
    "CSV-022": Entry(
        "error",
        N_("a cell that a figure belongs in holds a formula that other cells share"),
        N_("a number or an empty cell"),
        N_("Replace the formulas of that row by their values, and fill again."),
    ),
    "CSV-019": Entry(
        "note",
        N_("lines without a value, which change nothing: {count}"),
        N_("a value in every line"),
        N_("Nothing to mend where nothing is to be filled in; a cell is emptied in the workbook itself."),
    ),
    "CSV-021": Entry(
        "error",
        N_("{measure} is kept by shorter periods than {got}; a single number cannot be shared out"),
        N_("a line for each of {periods}"),
        N_("Give a line for each of {periods}."),
    ),
    "CSV-023": Entry(
        "warning",
        N_("lines for other offices, which were not used: {count} ({names}); the workbook is that of {office}"),
        N_("lines for {office}"),
        N_("Nothing to mend where the lines belong to others; correct the name where {office} was meant."),
    ),
    # Actions
    "ACT-001": Entry(
        "warning",
        N_("the scorecard has no indicator {got}; the action is kept as it stands"),
        N_("the number of an indicator"),
        N_("Choose the number of the indicator from the list."),
    ),
    "ACT-002": Entry(
        "warning",
        N_("an action without an indicator; it is kept as it stands"),
        N_("the number of an indicator"),
        N_("Choose the number of the indicator from the list."),
    ),
    "ACT-003": Entry(
        "warning",
        N_("{got} is no date; the action is kept as it stands"),
        N_("a date such as 2009-06-30"),
        N_("Correct the date."),
    ),
    "ACT-004": Entry(
        "warning",
        N_("{got} is no state of an action; the action is kept as it stands"),
        N_("planned, in progress or done"),
        N_("Choose from the list: planned, in progress or done."),
    ),
    # Local goals
    "LOC-001": Entry(
        "warning",
        N_("a local goal without a title; it is kept as it stands"),
        N_("what the office wants to achieve"),
        N_("Write the goal, or empty the line."),
    ),
    "LOC-002": Entry(
        "warning",
        N_("found {said} where the unit of a local goal belongs; target and figures of the line are not read"),
        N_("one of {choices}"),
        N_("Choose the unit from the list."),
    ),
    "LOC-003": Entry(
        "warning",
        N_("found {said} where it says when a local goal is better; it is shown and not judged"),
        N_("one of {choices}"),
        N_("Choose from the list."),
    ),
    "LOC-004": Entry(
        "warning",
        N_("the number {got} stands twice; this local goal is listed as {number}"),
        N_("a number of its own for each local goal"),
        N_("Give the goal another number, or leave it empty."),
    ),
    "LOC-005": Entry(
        "warning",
        N_("{got} is an indicator of the scorecard; this local goal is listed as {number}"),
        N_("a number that the scorecard does not have"),
        N_("Give the goal another number, or leave it empty."),
    ),
    "LOC-006": Entry(
        "warning",
        N_("the yellow zone {got} lies on the wrong side of the target; the local goal is not judged"),
        N_("a zone that begins where the target is not quite reached"),
        N_("Correct the zone or the target, or choose the other one under Better when."),
    ),
    # Deadlines
    "DDL-001": Entry(
        "warning",
        N_("{got} is no kind of deadline; the line is kept as it stands"),
        N_("activity, milestone, recommendation or complaint"),
        N_("Choose the kind from the list."),
    ),
    "DDL-002": Entry(
        "warning",
        N_("{got} is no date, so nobody can say whether the deadline is past; the line is kept as it stands"),
        N_("a date such as 2009-06-30"),
        N_("Correct the date, or leave the cell empty for work without a date."),
    ),
    "DDL-003": Entry(
        "warning",
        N_("{got} is no date, so the line does not count as done"),
        N_("a date such as 2009-06-30"),
        N_("Write the day on which it was done."),
    ),
    "DDL-004": Entry(
        "warning",
        N_("done on {got}, a day that has not come yet; until then it does not count as done"),
        N_("a day that has come"),
        N_("Write the day on which it was done."),
    ),
    "DDL-005": Entry(
        "warning",
        N_("{column} of the deadline {id} was changed to {got}; what was agreed counts"),
        N_("{agreed}"),
        N_("Put back what was agreed, or ask the county to change the deadline."),
    ),
    "DDL-006": Entry(
        "warning",
        N_(
            "the number {id} stands in several rows, {rows}; the first is the one agreed, the others count as the office's own"
        ),
        N_("a number of its own for each deadline"),
        N_("Give the others another number, or delete them."),
    ),
    "DDL-007": Entry(
        "warning",
        N_("the row of the deadline {id} is missing, so nobody can say whether it is done"),
        N_("a row for every deadline"),
        N_("Copy the row from the workbook that the office was sent."),
    ),
    "DDL-008": Entry(
        "note",
        N_("the workbook has no sheet {sheet}; it was made before there was one"),
        N_("the sheet {sheet}"),
        N_("Nothing to mend; the next workbook that the office is sent has it."),
    ),
    "DDL-009": Entry(
        "warning",
        N_("a deadline that does not say what is to be done; it is kept as it stands"),
        N_("what is to be done"),
        N_("Write what is to be done, or empty the line."),
    ),
    # Registers
    "OFF-001": Entry(
        "error",
        N_("the register cannot be read: {reason}"),
        N_("a text file with one office a line (CSV)"),
        N_("Save it as CSV UTF-8 and run again."),
    ),
    "OFF-002": Entry(
        "error",
        N_("the heading lacks {missing}"),
        N_("the columns office, area, region"),
        N_("Add the column."),
    ),
    "OFF-003": Entry(
        "error",
        N_("a line without an office"),
        N_("the name of an office"),
        N_("Fill it in, or delete the line."),
    ),
    "OFF-004": Entry(
        "error",
        N_("{got} stands twice for the same time"),
        N_("one line for each office and time"),
        N_("Delete a line, or tell them apart by from and to."),
    ),
    "OFF-005": Entry(
        "error",
        N_("{got} is no date"),
        N_("a date such as 2009-06-30"),
        N_("Correct the date."),
    ),
    "OFF-006": Entry(
        "warning",
        N_("the scorecard has no indicator {got} to be exempt from"),
        N_("ids of indicators"),
        N_("Correct the id."),
    ),
    "OFF-007": Entry(
        "error",
        N_("two offices would get the same file name: {got}"),
        N_("names that differ in more than signs"),
        N_("Rename one of them."),
    ),
    "OFF-008": Entry(
        "warning",
        N_("the column {got} is not known and was not read"),
        N_("the columns of a register"),
        N_("Delete the column, or correct its heading."),
    ),
    "OFF-009": Entry(
        "error",
        N_("the line ends before it begins: {got}"),
        N_("a day in from that is not after the one in to"),
        N_("Correct the dates."),
    ),
    "OFF-010": Entry(
        "error",
        N_("the area {got} stands under {region} and, in line {line}, under {other} at the same time"),
        N_("one region for each area and time"),
        N_("Correct the region or the area, or tell them apart by from and to."),
    ),
    "OFF-011": Entry(
        "warning",
        N_("{got} cannot be the successor: {reason}"),
        N_("another office of the register, and the last day of this one in to"),
        N_("Correct successor or to."),
    ),
    "OFF-012": Entry(
        "warning",
        N_("the local goal {got} cannot be used: {reason}"),
        N_("title|unit|higher or lower|target|yellow zone; goals are parted by semicolons"),
        N_("Correct the goal; the office itself is read."),
    ),
    # Definition workbooks
    "DEF-001": Entry(
        "error",
        N_("the workbook holds no definition of a scorecard"),
        N_("a definition workbook"),
        N_("Make one with xlmalekort definition export, and change that."),
    ),
    "DEF-002": Entry(
        "error",
        N_("the sheet {sheet} is missing"),
        N_("the sheet {sheet}"),
        N_("Copy the sheet from a new export of the scorecard."),
    ),
    "DEF-003": Entry(
        "note",
        N_("the sheet {got} is not part of a definition and was not read{hint}"),
        N_("the sheets of a definition"),
        N_("Nothing to mend where it holds only notes."),
    ),
    "DEF-004": Entry(
        "error",
        N_("the column {field} is missing"),
        N_("the column {field}"),
        N_("Copy the heading rows from a new export of the scorecard."),
    ),
    "DEF-005": Entry(
        "error",
        N_("{field} is not filled in"),
        N_("{field}"),
        N_("Fill in the cell."),
    ),
    "DEF-006": Entry(
        "error",
        N_("{got} is none of the words that may stand here{hint}"),
        N_("one of these words: {choices}"),
        N_("Choose from the list."),
    ),
    "DEF-007": Entry(
        "error",
        N_("{got} does not stand in the sheet {sheet}{hint}"),
        N_("an id from the sheet {sheet}"),
        N_("Correct the id, or add a row to {sheet}."),
    ),
    "DEF-008": Entry(
        "error",
        N_("{got} stands twice, first in {other}"),
        N_("one row for each"),
        N_("Delete a row, or correct the id."),
    ),
    "DEF-009": Entry(
        "error",
        N_("{got} cannot stand here; expected: {expected}"),
        N_("{expected}"),
        N_("Correct the cell."),
    ),
    "DEF-010": Entry(
        "error",
        N_("Excel has made {got} a number or a date, and what was typed is no longer known"),
        N_("a text"),
        N_("Format the cell as Text and type it again."),
    ),
    "DEF-011": Entry(
        "error",
        N_("{reason}"),
        "",
        N_("Correct the row."),
    ),
    "DEF-012": Entry(
        "error",
        N_("{field} does not belong to a row with {column}: {kind}"),
        N_("an empty cell"),
        N_("Empty the cell, or choose another word under {column}."),
    ),
    "DEF-013": Entry(
        "error",
        N_("the target has another row already, and nothing says from which day this one holds"),
        N_("a day under {field} in every row of the target"),
        N_("Fill in {field}, or delete a row."),
    ),
    "DEF-014": Entry(
        "error",
        N_("{got} has no row in the sheet {sheet}"),
        N_("a row for {got}"),
        N_("Add a row to {sheet}."),
    ),
    "DEF-015": Entry(
        "error",
        N_("no row of {sheet} says that this target is reached in milestones"),
        N_("a row of {sheet} for the same target"),
        N_("Add the row to {sheet}, or delete this one."),
    ),
    "DEF-016": Entry(
        "error",
        N_("{field} is not the same in all rows of the target"),
        N_("one text for all rows of the target"),
        N_("Keep it in one of the rows."),
    ),
    "DEF-017": Entry(
        "error",
        N_("the column {field} stands twice"),
        N_("one column {field}"),
        N_("Delete one of them."),
    ),
    "DEF-018": Entry(
        "error",
        N_("a percentage stands here, and it is not clear which number is meant"),
        N_("75 for 75 %"),
        N_("Format the cell as General, and type 75 for 75 %."),
    ),
    "DEF-019": Entry(
        "error",
        N_("a formula without a result, or with a link to another workbook"),
        N_("the value itself"),
        N_("Type the value in place of the formula."),
    ),
    "DEF-020": Entry(
        "note",
        N_("the column {field} is missing; all its cells were taken as empty"),
        N_("the column {field}"),
        N_("Nothing to mend where it is not used."),
    ),
    "DEF-021": Entry(
        "note",
        N_("a formula stands here; its result, {got}, was read"),
        N_("the value itself"),
        N_("Nothing to mend if the result is right."),
    ),
    "DEF-022": Entry(
        "warning",
        N_("the column {got} is not known and was not read{hint}"),
        N_("the columns of the sheet"),
        N_("Delete the column, or correct its heading."),
    ),
    "DEF-023": Entry(
        "error",
        N_("merged cells: {range}"),
        N_("cells that are not merged"),
        N_("Choose the cells, Home, Merge & Center, Unmerge Cells, and fill in every row."),
    ),
    "DEF-024": Entry(
        "error",
        N_("the sheet {sheet} has no rows"),
        N_("a row at least"),
        N_("Fill in a row."),
    ),
    "DEF-025": Entry(
        "warning",
        N_("the register has no unit called {got}{hint}"),
        N_("a unit of the register"),
        N_("Correct the name, here or in the register."),
    ),
    "DEF-026": Entry(
        "warning",
        N_("{got} is not known and was not read{hint}"),
        N_("the rows of the sheet"),
        N_("Delete the row, or correct its name."),
    ),
    "DEF-027": Entry(
        "error",
        N_("{field} {reason}"),
        "",
        N_("Correct the cell."),
    ),
    "DEF-028": Entry(
        "note",
        N_("the sheet {sheet} is missing; it was taken as having no rows"),
        N_("the sheet {sheet}"),
        N_("Nothing to mend where it is not used."),
    ),
    "DEF-029": Entry(
        "error",
        N_("{reason}"),
        "",
        N_("Correct the line."),
    ),
    # Totals
    "ROL-001": Entry(
        "note",
        N_("{indicator} has no total: only percentages or means without a weight are held"),
        N_("a weight"),
        N_("Nothing to mend."),
    ),
    "ROL-002": Entry(
        "note",
        N_("{got} stands as the mean to compare with; added up here it comes to {found}, which is used"),
        N_("{found}"),
        N_("Nothing to mend; fill the mean into the workbook where the office should see the same."),
    ),
    # Compared with what has been published
    "CHG-001": Entry(
        "note",
        N_(
            "figures changed since {published}: corrected {corrected}, withdrawn {withdrawn}, late {late}, "
            "not due then {added}"
        ),
        "",
        N_("The sheet of changes lists each with the cell that it comes from."),
    ),
    "CHG-002": Entry(
        "note",
        N_("the published summary was made with version {got} of the definition, this one with {version}"),
        N_("the same definition"),
        N_("What both know is compared; where only the definition changed, the sheet of changes says so."),
    ),
    "CHG-003": Entry(
        "warning",
        N_("the published summary is about {got} and this one about {year}; nothing could be compared"),
        N_("a summary of {year}"),
        N_("Compare with the latest summary of {year} that was published."),
    ),
    # Templates that were put right
    "REP-001": Entry(
        "note",
        N_("the workbook's own formula was put back in place of {before}"),
        N_("the workbook's own formula"),
        N_("If the value was meant, write it where figures or comments are filled in."),
    ),
    "REP-002": Entry(
        "note",
        N_("the input rules of {range} were put back"),
        N_("the workbook's own input rules"),
        N_("Nothing to mend."),
    ),
    "REP-003": Entry(
        "note",
        N_("{range}: unlocked, so that it can be filled in"),
        N_("cells that can be typed in"),
        N_("Nothing to mend."),
    ),
    "REP-004": Entry(
        "note",
        N_("the sheet {sheet} was protected again, without a password"),
        N_("a protected sheet (it has no password)"),
        N_("Nothing to mend."),
    ),
    "REP-005": Entry(
        "note",
        N_("the sheet {got} was called {sheet} again, and what refers to it follows"),
        N_("the name {sheet}"),
        N_("Nothing to mend."),
    ),
    "REP-006": Entry(
        "note",
        N_("the sheet {sheet} is {state} again"),
        N_("the sheet as the workbook was made"),
        N_("Nothing to mend."),
    ),
    "REP-007": Entry(
        "note",
        N_("the workbook's own name {name} was put back; it stands for {meaning}"),
        N_("the name {name}"),
        N_("Nothing to mend."),
    ),
    "REP-008": Entry(
        "warning",
        N_("the sheet {sheet} cannot be put right in this file: {reason}"),
        N_("the sheet as the workbook was made"),
        N_("xlmalekort migrate, with the same scorecard and year, makes a new workbook that holds the same figures."),
    ),
    # Moving to another template
    "MIG-001": Entry(
        "warning",
        N_("{got} has no place in the new workbook: {reason}"),
        N_("a cell of the same figure and period"),
        N_("Enter it elsewhere if it is still needed; the old workbook keeps it."),
    ),
    "MIG-002": Entry(
        "warning",
        N_("the comment {got} has no place in the new workbook: {reason}"),
        N_("a cell of the same indicator and period"),
        N_("Write it elsewhere if it is still needed; the old workbook keeps it."),
    ),
    "MIG-003": Entry(
        "warning",
        N_("the action {got} was kept, but its indicator was not: {reason}"),
        N_("an indicator of the new scorecard"),
        N_("Choose another indicator for the action, or delete it."),
    ),
    "MIG-004": Entry(
        "warning",
        N_("the sheet {sheet} is not part of the scorecard and was not moved"),
        N_("the sheets of the scorecard"),
        N_("Copy it from the old workbook if it is still needed."),
    ),
    "MIG-005": Entry(
        "note",
        N_("the office was exempt from {got}: {reason}"),
        "",
        N_("Nothing to mend."),
    ),
    "MIG-006": Entry(
        "warning",
        N_("{got}, written about the deadline {id}, has no place in the new workbook: {reason}"),
        N_("the same deadline in the new scorecard"),
        N_("Write it elsewhere if it is still needed; the old workbook keeps it."),
    ),
    "MIG-007": Entry(
        "warning",
        N_("deadlines of the new scorecard that lie before {year}: {count}"),
        N_("deadlines of {year}"),
        N_("Ask whoever keeps the definition for the deadlines of {year}, and move the old workbook again."),
    ),
    "MIG-008": Entry(
        "warning",
        N_(
            "the new workbook is of another scorecard, {new}; what {old} asked for and it does not stays behind (cells: {count})"
        ),
        N_("a version of {old}"),
        N_("Check that the scorecard is the right one; the old workbook keeps everything."),
    ),
}
