Attribute VB_Name = "Malekort"
Option Explicit

' The buttons of a scorecard, on its sheets and on the ribbon. The work is Python's; this module starts it, and puts
' Excel back as it was whatever happens.

Public MalekortPython As Object
' The Python that has refreshed the workbook since Excel started; Nothing before that, and when it has gone. The functions
' of the cells (MalekortAnswers) ask this object only: a cell never starts Python, and never waits for it to start.

Public Sub RefreshScorecard()
    Perform "import udfs.macros; udfs.macros.refresh()", "no_python_refresh", True
End Sub

Public Sub RollUpRegion()
    Perform "import udfs.macros; udfs.macros.roll_up()", "no_python_roll_up", False
End Sub

Public Sub GoToSheet(ByVal firstCell As String)
    ' To a sheet of the workbook in front, by the name of its first cell.
    On Error GoTo Failed
    Application.Goto ActiveWorkbook.Names(firstCell).RefersToRange, True
    Exit Sub
Failed:
    Tell Say("no_sheet")
End Sub

' Python

Private Sub Perform(ByVal pythonCommand As String, ByVal withoutPython As String, ByVal isRefresh As Boolean)
    Dim book As Object, before As Object, answer As Variant, problem As String
    Dim calculation As Variant, hasEvents As Variant, hasAlerts As Variant
    On Error GoTo Failed
    Set book = Meant(isRefresh)
    If book Is Nothing Then
        problem = Say("no_scorecard")
    ElseIf Not HasPython() Then
        problem = Say(withoutPython)
    Else
        HandleEscape
        calculation = ModeOfCalculation()
        hasEvents = Application.EnableEvents
        hasAlerts = Application.DisplayAlerts
        ' Else Excel asks after a while, in its own words, whether to go on waiting for Python.
        Application.DisplayAlerts = False
        Application.StatusBar = Say("working")
        ' While Python writes into the workbook, its functions do not come between: they have no answer until it is done.
        Set before = MalekortPython
        Set MalekortPython = Nothing
        answer = RunPython(pythonCommand)
        ' RunPython gives nothing back unless Python has failed, and then -1: with `USE UDF SERVER` it waits for Python, and
        ' an error there is an error here. That Python told the user of a problem is no failure: it is up, and knows every
        ' scorecard that it could read. For any other a function answers #VALUE!, and the workbook's own formula holds; so
        ' no wrong status can come of it.
        Set MalekortPython = before
        If IsEmpty(answer) And isRefresh Then Set MalekortPython = XLPy()
        If Not MalekortPython Is Nothing Then AskAgain book
    End If
Finish:
    On Error Resume Next
    Application.StatusBar = False
    Application.ScreenUpdating = True
    If Not IsEmpty(hasAlerts) Then Application.DisplayAlerts = hasAlerts
    If Not IsEmpty(hasEvents) Then Application.EnableEvents = hasEvents
    If Not IsEmpty(calculation) Then Application.Calculation = calculation
    If problem <> "" Then Tell problem
    Exit Sub
Failed:
    ' Kept first: whatever handles errors of its own forgets this one.
    problem = Err.Description
    problem = Say("failed") & vbLf & vbLf & problem
    Resume Finish
End Sub

Private Function HasPython() As Boolean
    ' Asked here, because RunPython itself would tell of a missing file in English. Excel on a Mac has no such file, and must
    ' not even be asked: it has no Dictionary, which the module xlwings wants there, and would show the code instead.
    Dim system As String
    On Error Resume Next
    system = Application.OperatingSystem
    If Left$(system, 3) = "Mac" Then Exit Function
    HasPython = xlwings.FileExists(CStr(xlwings.GetConfig("INTERPRETER_WIN", "")))
End Function

Private Sub AskAgain(ByVal book As Object)
    ' Functions that had no answer are asked again, wherever they stand. Excel knows of nothing that has changed for them, but
    ' works a sheet out anew when its calculation has been switched off and on. Range.Dirty is no help on the sheets behind.
    Dim sheet As Object
    On Error GoTo Everything
    Application.Calculation = xlCalculationManual
    For Each sheet In book.Worksheets
        sheet.EnableCalculation = False
        sheet.EnableCalculation = True
    Next sheet
    Application.Calculate
    Exit Sub
Everything:
    Resume EverythingAgain
EverythingAgain:
    On Error Resume Next
    sheet.EnableCalculation = True
    Application.CalculateFull
End Sub

Private Sub HandleEscape()
    ' The Escape key is an error like any other, and opens no editor.
    On Error Resume Next
    Application.EnableCancelKey = xlErrorHandler
End Sub

Private Function ModeOfCalculation() As Variant
    On Error Resume Next
    ModeOfCalculation = Application.Calculation
End Function

' The workbook

Private Function Meant(ByVal isRefresh As Boolean) As Object
    ' The workbook that holds this code; where that is the add-in, the one in front, which has to be a scorecard to be
    ' refreshed. Nothing where there is none.
    If Not IsInAddIn() Then
        Set Meant = ThisWorkbook
    ElseIf IsScorecard(ActiveWorkbook) Or Not isRefresh Then
        Set Meant = ActiveWorkbook
    End If
End Function

Private Function IsInAddIn() As Boolean
    On Error Resume Next
    IsInAddIn = ThisWorkbook.IsAddin
End Function

Private Function IsScorecard(ByVal book As Object) As Boolean
    ' That of an office, or that of a region.
    Dim known As Object
    On Error Resume Next
    Set known = book.Names("mk_setup")
    If known Is Nothing Then Set known = book.Names("mk_region")
    IsScorecard = Not known Is Nothing
End Function
