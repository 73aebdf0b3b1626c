using System.Globalization;

namespace LeaseElection.RealServer.Tests.ServerConformance.Comparison;

/// <summary>
/// Where kube-apiserver 1.20 answers otherwise than 1.36, and so than the embedded server: a test fails when a step here agrees.
/// </summary>
internal static class VersionDifferences
{
    public const string Version = "1.20";

    // What 1.20 does, and where: cases with the numbers of their steps.
    private static readonly (string What, string Where)[] All =
    [
        ("warns of no unknown or doubled field",
            "Create_FieldsInOtherCase 1; Create_DoubledKeys 1; Create_ServersFieldsSet 1; Create_UnknownFields_AreDropped 1; "
            + "Body_YamlAliases 5; Patch_UnknownFields 2; Patch_JsonCopiesThatMultiply 3"),
        ("decodes with another library, which has other words for wrong types",
            "Create_BadLabels 8 9; Create_Finalizers 6; Spec_MicroTimeInAZone 3 4; Spec_MicroTime 4 5 6 7 8 9; "
            + "Spec_MicroTimeGarbage 1 2 3 4 5 7 8 9 12; Spec_MicroTimeOfOtherTypes 1 2 3 4; Spec_Transitions 4 5 6; "
            + "Spec_Duration 5 7 8 9 10 11 12 13 15; Spec_OfOtherTypes 1 2 3 4 5 6 9 10 11; Spec_SeveralFaults 2; "
            + "Spec_Holder 6 7 9 10; Spec_FaultOnUpdate 4; Body_YamlOddities 5; Update_VersionGarbage 4; "
            + "Patch_InvalidResult 3 4 5; Namespace_CreateOfOtherTypes 1 2"),
        ("answers 500 where the options in a body cannot be read", "Delete_BadBodies 2 3 5 6 8; DeleteCollection_Options 5"),
        ("answers 500 or 422 to a patch that cannot be read, or has other words",
            "Patch_BadBodies 2 3 4 5 6 7; Patch_Json 7 8; Patch_JsonBadOperations 2 3 7 10; Access_PatchOnly 4"),
        ("answers 500 to a list at what is no version", "List_VersionGarbage 1 2"),
        ("takes a watch that is to be continued", "Watch_Continue 1"),
        ("has no sendInitialEvents to speak of", "Watch_VersionMatch 1"),
        ("has another type for continue tokens", "List_ContinueOfOtherTypes 1 2"),
        ("prints a missing version as 0x0",
            "Update_NoVersion 2 3 4; Update_VersionZero 2; Patch_Versions 5 6; Race_CreatesByUpdate_OneWins 1"),
        ("prints values as Go writes them, not as JSON",
            "Create_Finalizers 5; Create_DryRun 3 4; Create_OwnerReferences 6 8; Update_ServersFields 3; Delete_DryRun 5"),
        ("has other words for selectors", "List_LabelSelectors 16 20 22 23; DeleteCollection_Options 4; Watch_BadSelectors 2"),
        ("has other words for the transitions",
            "Create_BadNamesAndLabelsAtOnce 1; Spec_Transitions 3; Spec_SeveralFaults 1; Spec_FaultOnUpdate 3; Update_BadMetadata 6"),
        ("has other words for labels", "Create_BadLabels 3 5 7"),
        ("has other words for what is too long", "Create_BadAnnotations 3; Create_FieldManager 2"),
        ("has other words for owners", "Create_OwnerReferences 3 4 5 7; Update_BadMetadata 5"),
        ("has other words for a wrong namespace", "Update_OtherNamespace 2; Patch_Names 3; Namespace_Create 4"),
        ("says less where it forbids an update to create", "Access_UpdateOnly 4"),
        ("does not say what it can represent", "Get_AcceptUnknown 2"),
        ("has its own version, and emulates none", "Path_Version 1 2; Access_Anonymous 14; Access_NoRights 15"),
        ("has another storage version of Leases, and no singular name", "Path_GroupVersion 1 2; Access_NoRights 18"),
        ("describes the columns of tables otherwise", "Get_AcceptTable 2 4 5 6; List_Table 4 5; Watch_Table 2"),
        ("lists its paths where there is nothing", "Path_NonCanonical 1; Path_Unknown 1"),
        ("gives namespaces no label", "Namespace_Get 1; Namespace_List 1 3; Namespace_Create 1 6; Namespace_Delete 1 2"),
        ("writes a bookmark's creation time: null", "Watch_BookmarkBeforeTheTimeout 2"),
    ];

    private static readonly Dictionary<string, int[]> Steps = All
        .SelectMany(a => a.Where.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .Select(text => text.Split(' '))
        .GroupBy(words => words[0], words => words[1..].Select(w => int.Parse(w, CultureInfo.InvariantCulture)))
        .ToDictionary(g => g.Key, g => g.SelectMany(steps => steps).ToArray());

    public static IReadOnlyDictionary<string, int[]> ByCase => Steps;

    public static IReadOnlyList<int> StepsOf(string name) => Steps.GetValueOrDefault(name, []);
}
