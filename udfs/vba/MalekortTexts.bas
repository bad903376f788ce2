Attribute VB_Name = "MalekortTexts"
Option Explicit
Option Private Module

' What is said to people: in the language of the workbook that holds this code. Its name `mk_texts` stands for two columns,
' keys and texts.

Public Function Say(ByVal key As String) As String
    ' The text of a key; in English where the workbook has lost it, and empty where there is none.
    Dim texts As Variant, row As Long
    On Error GoTo Lost
    texts = ThisWorkbook.Names("mk_texts").RefersToRange.Value
    For row = LBound(texts, 1) To UBound(texts, 1)
        If texts(row, LBound(texts, 2)) = key Then
            Say = CStr(texts(row, UBound(texts, 2)))
            Exit Function
        End If
    Next row
Lost:
    Say = InEnglish(key)
End Function

Public Sub Tell(ByVal message As String)
    MsgBox message, vbInformation, Say("title")
End Sub

Private Function InEnglish(ByVal key As String) As String
    Select Case key
        Case "title"
            InEnglish = "Scorecard"
        Case "working"
            InEnglish = "Python is at work. The first time takes a few seconds ..."
        Case "no_python_refresh"
            InEnglish = "Excel's own formulas have worked everything out, so the statuses hold. Further checks need Python, which is not set up on this computer. To set it up: xlmalekort excel install"
        Case "no_python_roll_up"
            InEnglish = "Adding up the offices needs Python, which is not set up on this computer. To set it up: xlmalekort excel install"
        Case "no_scorecard"
            InEnglish = "The workbook in front is no scorecard. Go to the scorecard that is meant, and try again."
        Case "no_sheet"
            InEnglish = "This workbook has no such sheet."
        Case "failed"
            InEnglish = "Python could not be used. Excel's own formulas still hold. What to do: xlmalekort excel doctor"
    End Select
End Function
