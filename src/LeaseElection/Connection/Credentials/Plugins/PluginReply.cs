namespace LeaseElection.Connection.Credentials.Plugins;

/// <summary>What a plugin answered: a token, a client certificate with its key, or both.</summary>
/// <param name="Token">The token; null for none.</param>
/// <param name="Certificate">The certificate as PEM; null for none.</param>
/// <param name="Key">Its key as PEM; null for none.</param>
/// <param name="Expires">Until when, by the wall clock; null when the plugin does not say.</param>
internal sealed record PluginReply(string? Token, string? Certificate, string? Key, DateTimeOffset? Expires);
