using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace LeaseElection.Testing.Tests.Docs.Recipes;

internal static class QuartzRecipe
{
    public static void Add(HostApplicationBuilder builder)
    {
        builder.Services.AddQuartz(q => q.ScheduleJob<ReportJob>(trigger => trigger
            .WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromMilliseconds(100)).RepeatForever())));
        builder.Services.Configure<QuartzHostedServiceOptions>(o => o.WaitForJobsToComplete = true);
        builder.Services.AddLeaderElection("report-scheduler").AddLeaderService<QuartzHostedService>();
    }

    private sealed class ReportJob(Worked worked) : IJob
    {
        public Task Execute(IJobExecutionContext context)
        {
            worked.Once();
            return Task.CompletedTask;
        }
    }
}
