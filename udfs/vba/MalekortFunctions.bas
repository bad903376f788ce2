Attribute VB_Name = "MalekortFunctions"
Option Explicit

' Made by `python -m udfs.wrappers` from udfs.functions: change that, not this.
' Before a Refresh has succeeded every function is #N/A at once, so that the formula beside it answers.

Public Sub Auto_Open()
    ' The function wizard speaks the scorecard's language. Excel describes functions of an add-in only once some workbook is
    ' open, hence a little later. That is no change of the workbook's.
    Dim isInAddIn As Boolean
    On Error Resume Next
    isInAddIn = ThisWorkbook.IsAddin
    If isInAddIn Then
        Application.OnTime Now, "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!DescribeFunctions"
    Else
        DescribeFunctions
    End If
End Sub

Public Sub DescribeFunctions()
    Dim isSaved As Boolean
    On Error Resume Next
    isSaved = ThisWorkbook.Saved
    Describe "MK_STATUS", "indicator value period reference target yellow scorecard"
    Describe "MK_WHY", "indicator value period reference target yellow scorecard"
    Describe "MK_TARGET", "indicator period office scorecard"
    Describe "MK_TO_GREEN", "indicator numerator denominator period scorecard"
    Describe "MK_SHARE", "numerators denominators"
    ThisWorkbook.Saved = isSaved
End Sub

Private Sub Describe(ByVal functionName As String, ByVal argumentNames As String)
    Dim names() As String, number As Long
    On Error Resume Next
    names = Split(argumentNames)
    For number = LBound(names) To UBound(names)
        names(number) = Say(functionName & "." & names(number))
    Next number
    Application.MacroOptions Macro:="'" & Replace(ThisWorkbook.Name, "'", "''") & "'!" & functionName, _
        Description:=Say(functionName), Category:=Say("title"), ArgumentDescriptions:=names
End Sub

Public Function MK_STATUS(ByVal indicator As Variant, ByVal value As Variant, ByVal period As Variant, Optional ByVal reference As Variant, Optional ByVal target As Variant, Optional ByVal yellow As Variant, Optional ByVal scorecard As Variant) As Variant
Attribute MK_STATUS.VB_Description = "Green, yellow, red or another status of a value, by the rules of the scorecard; empty where there is no value."
    MK_STATUS = CVErr(xlErrNA)
    If Not MalekortPython Is Nothing Then MK_STATUS = AnswerOf("MK_STATUS", Array(GivenBy(indicator), GivenBy(value), GivenBy(period), GivenBy(reference), GivenBy(target), GivenBy(yellow), CardOf(scorecard)))
End Function

Public Function MK_WHY(ByVal indicator As Variant, ByVal value As Variant, ByVal period As Variant, Optional ByVal reference As Variant, Optional ByVal target As Variant, Optional ByVal yellow As Variant, Optional ByVal scorecard As Variant) As Variant
Attribute MK_WHY.VB_Description = "Why a value has its status, as a sentence in the scorecard's language; empty where there is no value."
    MK_WHY = CVErr(xlErrNA)
    If Not MalekortPython Is Nothing Then MK_WHY = AnswerOf("MK_WHY", Array(GivenBy(indicator), GivenBy(value), GivenBy(period), GivenBy(reference), GivenBy(target), GivenBy(yellow), CardOf(scorecard)))
End Function

Public Function MK_TARGET(ByVal indicator As Variant, ByVal period As Variant, Optional ByVal office As Variant, Optional ByVal scorecard As Variant) As Variant
Attribute MK_TARGET.VB_Description = "The number to reach in a period; in words where no single number is agreed."
    MK_TARGET = CVErr(xlErrNA)
    If Not MalekortPython Is Nothing Then MK_TARGET = AnswerOf("MK_TARGET", Array(GivenBy(indicator), GivenBy(period), GivenBy(office), CardOf(scorecard)))
End Function

Public Function MK_TO_GREEN(ByVal indicator As Variant, ByVal numerator As Variant, ByVal denominator As Variant, ByVal period As Variant, Optional ByVal scorecard As Variant) As Variant
Attribute MK_TO_GREEN.VB_Description = "How much more of the upper part makes a value green (less where negative): 0 where it is green, #N/A where nothing does."
    MK_TO_GREEN = CVErr(xlErrNA)
    If Not MalekortPython Is Nothing Then MK_TO_GREEN = AnswerOf("MK_TO_GREEN", Array(GivenBy(indicator), GivenBy(numerator), GivenBy(denominator), GivenBy(period), CardOf(scorecard)))
End Function

Public Function MK_SHARE(ByVal numerators As Variant, ByVal denominators As Variant) As Variant
Attribute MK_SHARE.VB_Description = "A share of each pair; empty for a pair that is not there and for none of none. Shares are never averaged."
    MK_SHARE = CVErr(xlErrNA)
    If Not MalekortPython Is Nothing Then MK_SHARE = AnswerOf("MK_SHARE", Array(GivenBy(numerators), GivenBy(denominators)))
End Function
