namespace LeaseElection.Connection.Credentials.Plugins;

/// <summary>A plugin gave no credential. The message is for people: which plugin, what it did, and what to do.</summary>
#pragma warning disable CA1032, CA1064 // Made and caught in this assembly alone; nobody outside sees it.
internal sealed class PluginException(string message, Exception? inner = null) : Exception(message, inner);
#pragma warning restore CA1032, CA1064
