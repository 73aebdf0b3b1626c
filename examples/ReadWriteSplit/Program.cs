using ReadWriteSplit;

await App.Create(args).RunAsync();
