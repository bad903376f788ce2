Attribute VB_Name = "MalekortAnswers"
Option Explicit
Option Private Module

' How the functions of the cells (MalekortFunctions) get their answers: from the Python that has refreshed the workbook, else
' from nobody. What fails is an error of Excel's, which IFERROR catches, and never a text.

Public Function AnswerOf(ByVal functionName As String, ByVal arguments As Variant) As Variant
    ' What Python answers. Neither workbook nor calling cell goes with the arguments, and they are values, so that Python never
    ' has to ask Excel while Excel calculates.
    Dim number As Long
    On Error GoTo Failed
    For number = LBound(arguments) To UBound(arguments)
        If IsError(arguments(number)) Then
            AnswerOf = arguments(number)
            Exit Function
        End If
    Next number
    AnswerOf = AsInCells(MalekortPython.CallUDF("udfs.functions", functionName, arguments))
    Exit Function
Failed:
    If IsGone(Err.Number) Then Set MalekortPython = Nothing
    AnswerOf = CVErr(xlErrValue)
End Function

Public Function GivenBy(Optional ByVal argument As Variant) As Variant
    ' The value of an argument, or the values of its cells; Empty where it is left out.
    If IsMissing(argument) Then Exit Function
    If TypeName(argument) = "Range" Then
        GivenBy = ValuesOf(argument)
    Else
        GivenBy = argument
    End If
End Function

Public Function CardOf(Optional ByVal scorecard As Variant) As Variant
    ' The scorecard that is named, else the one that the calling cell's workbook says it has; #N/A where it says none.
    Dim named As Variant, refersTo As String
    On Error GoTo Unknown
    named = GivenBy(scorecard)
    If Not (IsError(named) Or IsArray(named)) Then
        If CStr(named) = "" Then
            With CallingBook().Names("mk_card")
                refersTo = .RefersTo
                If Left$(refersTo, 2) = "=""" Then
                    named = Mid$(refersTo, 3, Len(refersTo) - 3)
                Else
                    named = CStr(.RefersToRange.Value2)
                End If
            End With
        End If
    End If
    CardOf = named
    Exit Function
Unknown:
    CardOf = CVErr(xlErrNA)
End Function

Private Function ValuesOf(ByVal cells As Object) As Variant
    ' Amounts of money and dates as plain numbers, which is what Value2 is for; LibreOffice has only Value. Of several areas
    ' Value2 would give the first alone.
    ValuesOf = CVErr(xlErrValue)
    If cells.Areas.Count > 1 Then Exit Function
    On Error GoTo Older
    ValuesOf = cells.Value2
    Exit Function
Older:
    ValuesOf = cells.Value
End Function

Private Function CallingBook() As Object
    ' The workbook of the cell that asks; this one where no cell does, but a macro.
    If TypeName(Application.Caller) = "Range" Then
        Set CallingBook = Application.Caller.Worksheet.Parent
    Else
        Set CallingBook = ThisWorkbook
    End If
End Function

Private Function AsInCells(ByVal found As Variant) As Variant
    ' The answer with errors in place of the texts that stand for them, in the same shape.
    Dim row As Long, column As Long
    Select Case DimensionsOf(found)
        Case 0
            found = AsInCell(found)
        Case 1
            For column = LBound(found) To UBound(found)
                found(column) = AsInCell(found(column))
            Next column
        Case 2
            For row = LBound(found, 1) To UBound(found, 1)
                For column = LBound(found, 2) To UBound(found, 2)
                    found(row, column) = AsInCell(found(row, column))
                Next column
            Next row
    End Select
    AsInCells = found
End Function

Private Function AsInCell(ByVal found As Variant) As Variant
    ' Nothing to say is an empty text, as formulas have it: Excel would show Empty as 0.
    AsInCell = found
    If IsEmpty(found) Or IsNull(found) Then
        AsInCell = ""
    ElseIf VarType(found) = vbString Then
        If found = "#VALUE!" Then AsInCell = CVErr(xlErrValue)
        If found = "#N/A" Then AsInCell = CVErr(xlErrNA)
    End If
End Function

Private Function DimensionsOf(ByVal found As Variant) As Long
    ' 0 for a single value.
    Dim count As Long, last As Long
    If Not IsArray(found) Then Exit Function
    On Error GoTo Known
    Do
        last = UBound(found, count + 1)
        count = count + 1
    Loop
Known:
    DimensionsOf = count
End Function

Private Function IsGone(ByVal number As Long) As Boolean
    ' Whether an error says that Python is no longer there: unavailable, cut off while it answered, disconnected, or died.
    Select Case number
        Case 462, -2147023174, -2147023170, -2147417848, -2147418105, -2147418094
            IsGone = True
    End Select
End Function
