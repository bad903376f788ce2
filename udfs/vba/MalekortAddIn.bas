Attribute VB_Name = "MalekortAddIn"
Option Explicit

' The ribbon of the add-in.

Private tabs As Object

Public Sub MalekortAddInRefresh(control As Object)
    RefreshScorecard
End Sub

Public Sub MalekortAddInRollUp(control As Object)
    RollUpRegion
End Sub

Public Sub MalekortAddInChecks(control As Object)
    GoToSheet "mk_control"
End Sub

Public Sub MalekortAddInInput(control As Object)
    GoToSheet "mk_input"
End Sub

' The tab of the add-in gives way while a scorecard with a tab of its own is in front.

Public Sub MalekortAddInLoaded(ribbon As Object)
    Set tabs = ribbon
End Sub

Public Sub MalekortAddInIsShown(control As Object, ByRef visible As Variant)
    visible = Not HasOwnTab()
End Sub

Public Sub MalekortAddInLooksAgain()
    On Error Resume Next
    If Not tabs Is Nothing Then tabs.Invalidate
End Sub

Private Function HasOwnTab() As Boolean
    Dim texts As Object
    On Error Resume Next
    Set texts = ActiveWorkbook.Names("mk_texts")
    If Not texts Is Nothing Then HasOwnTab = ActiveWorkbook.HasVBProject
End Function
