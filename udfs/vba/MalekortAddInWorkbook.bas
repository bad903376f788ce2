Option Explicit

' The workbook's own module in the add-in.

Private WithEvents watched As Application

Private Sub Workbook_Open()
    Set watched = Application
End Sub

Private Sub watched_WorkbookActivate(ByVal Wb As Workbook)
    MalekortAddInLooksAgain
End Sub

Private Sub watched_WorkbookDeactivate(ByVal Wb As Workbook)
    MalekortAddInLooksAgain
End Sub
