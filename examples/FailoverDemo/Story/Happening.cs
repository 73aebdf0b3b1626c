namespace FailoverDemo.Story;

/// <summary>One line for people.</summary>
/// <param name="Number">1 for the first, and one more for each.</param>
/// <param name="At">When.</param>
/// <param name="Tone">How it is meant.</param>
/// <param name="Text">The line.</param>
internal sealed record Happening(int Number, TimeSpan At, Tone Tone, string Text);
