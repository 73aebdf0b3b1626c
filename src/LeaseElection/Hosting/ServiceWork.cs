using Microsoft.Extensions.Hosting;

namespace LeaseElection.Hosting;

/// <summary>Work that is a hosted service.</summary>
internal sealed class ServiceWork(Type type, Func<IServiceProvider, IHostedService> create) : LeaderWork
{
    public Type Type => type;

    public override async Task<RunningWork> StartAsync(IServiceProvider services, LeadershipTerm term, CancellationToken stop)
    {
        var service = create(services);
        try
        {
            await service.StartAsync(stop).ConfigureAwait(false);
        }
        catch
        {
            await DisposeAsync(service).ConfigureAwait(false);
            throw;
        }

        return new(CompletionOf(service, stop), () => StopAsync(service, term));
    }

    // Only a BackgroundService tells when it has ended by itself; any other service works until it is stopped.
    private static Task CompletionOf(IHostedService service, CancellationToken stop) =>
        service is BackgroundService { ExecuteTask: { } execute } ? execute : Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);

    private static async Task StopAsync(IHostedService service, LeadershipTerm term)
    {
        try
        {
            // Its token asks for haste once the time to stop is over; StopAsync may then return while the work goes on.
            await service.StopAsync(term.OverrunToken).ConfigureAwait(false);
            if (service is BackgroundService { ExecuteTask: { } execute })
                await execute.ConfigureAwait(false);
        }
        finally
        {
            await DisposeAsync(service).ConfigureAwait(false);
        }
    }

    private static async ValueTask DisposeAsync(IHostedService service)
    {
        if (service is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        else
            (service as IDisposable)?.Dispose();
    }
}
