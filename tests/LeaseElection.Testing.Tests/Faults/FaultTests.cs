namespace LeaseElection.Testing.Tests.Faults;

public sealed class FaultTests
{
    [Theory]
    [InlineData(399)]
    [InlineData(600)]
    public void Status_NoErrorCode_IsRefused(int code) => Assert.Throws<ArgumentOutOfRangeException>(() => Fault.Status(code));
}
