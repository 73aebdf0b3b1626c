using ObservedWorker;

await App.Create(args).RunAsync();
