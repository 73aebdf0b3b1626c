using LeaseElection.FencedWriter.Tests.Postgres;

[assembly: AssemblyFixture(typeof(SharedControlPlane))]
[assembly: AssemblyFixture(typeof(SharedPostgres))]
