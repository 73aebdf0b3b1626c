using FailoverDemo;

var start = Start.Read(args, Console.Out, Console.Error);
return start.ExitCode ?? await Demo.RunAsync(start.Arguments);
