namespace LeaseElection.TestKit;

/// <summary>The signals that tests send, by their numbers on Linux.</summary>
public enum ProcessSignal
{
    None = 0,
    Hangup = 1,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}
