Attribute VB_Name = "MalekortRibbon"
Option Explicit

' What the buttons on the ribbon of a scorecard call. Those of the add-in call others (MalekortAddIn), so that Excel cannot take
' one for the other when both are open.

Public Sub MalekortRefresh(control As Object)
    If IsAnotherInFront() Then
        RunInFront "RefreshScorecard"
    Else
        RefreshScorecard
    End If
End Sub

Public Sub MalekortRollUp(control As Object)
    If IsAnotherInFront() Then
        RunInFront "RollUpRegion"
    Else
        RollUpRegion
    End If
End Sub

Public Sub MalekortChecks(control As Object)
    GoToSheet "mk_control"
End Sub

Public Sub MalekortInput(control As Object)
    GoToSheet "mk_input"
End Sub

Private Function IsAnotherInFront() As Boolean
    ' Two open scorecards have callbacks of the same name, and Excel may call either; the workbook in front is meant.
    On Error Resume Next
    IsAnotherInFront = (ActiveWorkbook.Name <> ThisWorkbook.Name)
End Function

Private Sub RunInFront(ByVal macro As String)
    On Error GoTo Failed
    Application.Run "'" & Replace(ActiveWorkbook.Name, "'", "''") & "'!" & macro
    Exit Sub
Failed:
    Tell Say("no_scorecard")
End Sub
