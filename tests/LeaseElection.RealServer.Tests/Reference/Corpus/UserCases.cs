using static LeaseElection.RealServer.Tests.Reference.Corpus.Kubeconfigs;

namespace LeaseElection.RealServer.Tests.Reference.Corpus;

/// <summary>Who the client says it is: tokens, passwords, certificates, nobody.</summary>
internal static class UserCases
{
    private static readonly string[] AsFiles = ["client-certificate: alice.crt", "client-key: alice.key"];
    private static readonly string[] AsData = ["client-certificate-data: $cert", "client-key-data: $key"];

    public static IEnumerable<CorpusCase> All =>
    [
        User("token", Token),
        User("token quoted", "token: \"12345\""),
        User("token as a number", "token: 12345").Naming("token"),
        User("token with blanks around", "token: \"  a-token \""),
        User("tokenFile", "tokenFile: token"),
        User("tokenFile, absolute", "tokenFile: $folder/token"),
        User("tokenFile wins over token", "tokenFile: token", Token),
        User("tokenFile missing", "tokenFile: nowhere").Naming("nowhere"),
        User("tokenFile missing, with a token", "tokenFile: nowhere", Token).Naming("nowhere"),
        User("tokenFile empty", "tokenFile: empty").WithNobody(),
        User("basic", "username: alice", "password: \"pass: word ä\""),
        User("basic without a password", "username: alice"),
        User("password without a name", "password: secret").WithNobody(),
        User("token and basic", Token, "username: alice", "password: secret").Naming("token"),
        User("token and certificate", [Token, .. AsFiles]),
        User("basic and certificate", [.. AsFiles, "username: alice", "password: secret"]),
        User("certificate as data", AsData),
        User("certificate as files", AsFiles),
        User("certificate as files, absolute", "client-certificate: $folder/alice.crt", "client-key: $folder/alice.key"),
        User("certificate as files, upwards", "client-certificate: home/../alice.crt", "client-key: ./alice.key"),
        User("certificate with a PKCS#8 key", "client-certificate: alice.crt", "client-key: alice-pkcs8.key"),
        User("certificate and key in one file", "client-certificate: alice.pem", "client-key: alice.pem"),
        User("certificate as data and as a file", [.. AsData, "client-certificate: bob.crt", "client-key: bob.key"]).Naming("client-cert"),
        User("certificate data, key file", "client-certificate-data: $cert", "client-key: alice.key"),
        User("certificate without a key", "client-certificate: alice.crt").Naming("client-key"),
        User("key without a certificate", "client-key: alice.key").Naming("client-cert").WithNobody(),
        User("key of another certificate", "client-certificate: alice.crt", "client-key: bob.key").Naming("client-key")
            .Differing("kubectl finds out in the middle of a handshake, we when we read the two"),
        User("certificate missing", "client-certificate: nowhere.crt", "client-key: alice.key").Naming("nowhere.crt"),
        User("certificate data is not base64", "client-certificate-data: \"*\"", AsData[1]).Naming("client-certificate-data"),
        User("certificate data is no certificate", "client-certificate-data: aGVsbG8=", AsData[1]).Naming("client-certificate-data"),
        User("user {}", "{}").WithNobody(),
        User("user null", "null").WithNobody(),
        User("user with an unknown field", Token, "colour: blue"),
        User("auth-provider", "auth-provider: {name: gcp, config: {access-token: old}}").Naming("auth-provider"),
        User("auth-provider and token", Token, "auth-provider: {name: gcp}").Naming("auth-provider"),
        User("as", Token, "as: bob"),
        User("as-groups", Token, "as: bob", "as-groups: [b, a]"),
        User("as-uid", Token, "as: bob", "as-uid: \"7\""),
        User("as-user-extra", Token, "as: bob", "as-user-extra: {scopes: [view, \"edit, all\"], Reason: [why]}"),
        User("as-user-extra with odd names", Token, "as: bob", "as-user-extra: {\"example.org/a b\": [x], \"per%cent\": [z]}"),
        User("as-user-extra with what YAML 1.1 takes for true", Token, "as: bob", "as-user-extra: {a: [y]}").Naming("as-user-extra"),
        User("as everything", Token, "as: \"system:serviceaccount:a:b\"", "as-groups: [g]", "as-uid: u", "as-user-extra: {k: [v]}"),
        User("as-groups without as", Token, "as-groups: [a]").Naming("as-groups"),
        User("as-uid without as", Token, "as-uid: u").Naming("as-uid"),
        User("as-user-extra without as", Token, "as-user-extra: {k: [v]}").Naming("as-user-extra"),
        User("as-user-extra with a text for a list", Token, "as: bob", "as-user-extra: {k: v}").Naming("as-user-extra"),
        User("as with a certificate", [.. AsFiles, "as: bob"]),
        User("as with nobody behind", "as: bob").WithNobody(),
        User("as with a name that is not ASCII", Token, "as: bøb"),
    ];
}
