namespace LeaseElection.Connection.Kubeconfigs.Reading;

internal static class UserReader
{
    public static UserEntry Read(Fields from, UserEntry entry, string folder) => entry with
    {
        ClientCertificate = LocalPath.Of(from.Text("client-certificate"), folder),
        ClientCertificateData = from.Text("client-certificate-data"),
        ClientKey = LocalPath.Of(from.Text("client-key"), folder),
        ClientKeyData = from.Text("client-key-data"),
        Token = from.Text("token"),
        TokenFile = LocalPath.Of(from.Text("tokenFile"), folder),
        UserName = from.Text("username"),
        Password = from.Text("password"),
        As = from.Text("as"),
        AsUid = from.Text("as-uid"),
        AsGroups = from.Texts("as-groups"),
        AsUserExtra = from.TextLists("as-user-extra"),
        AuthProvider = from.Child("auth-provider") is { } provider ? provider.Text("name") ?? "" : null,
        Exec = from.Child("exec") is { } exec ? Plugin(exec, folder) : null,
    };

    private static ExecEntry Plugin(Fields from, string folder) => new()
    {
        ApiVersion = from.Text("apiVersion"),
        Command = LocalPath.OfCommand(from.Text("command"), folder),
        Arguments = from.Texts("args"),
        Environment = [.. from.Children("env").Select(static e => KeyValuePair.Create(e.Text("name") ?? "", e.Text("value") ?? ""))],
        InstallHint = from.Text("installHint"),
        ProvideClusterInfo = from.Flag("provideClusterInfo"),
        InteractiveMode = from.Text("interactiveMode"),
    };
}
