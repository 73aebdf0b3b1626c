using LeaseElection.Examples.Tests.FencedWriter.Postgres;

[assembly: AssemblyFixture(typeof(SharedControlPlane))]
[assembly: AssemblyFixture(typeof(SharedPostgres))]
