using LeaseElection.Testing.Api.Representations;

namespace LeaseElection.Testing.Tests.Api.Representations;

public sealed class HumanDurationTests
{
    [Theory]
    [InlineData("-00:00:02", "<invalid>")]
    [InlineData("-00:00:01.5", "0s")]
    [InlineData("00:00:00", "0s")]
    [InlineData("00:01:59.9", "119s")]
    [InlineData("00:02:00", "2m")]
    [InlineData("00:02:01", "2m1s")]
    [InlineData("00:09:59", "9m59s")]
    [InlineData("00:10:59", "10m")]
    [InlineData("02:59:59", "179m")]
    [InlineData("03:00:59", "3h")]
    [InlineData("07:59:00", "7h59m")]
    [InlineData("08:59:00", "8h")]
    [InlineData("1.23:59:00", "47h")]
    [InlineData("2.00:59:00", "2d")]
    [InlineData("7.23:00:00", "7d23h")]
    [InlineData("8.23:00:00", "8d")]
    [InlineData("729.00:00:00", "729d")]
    [InlineData("730.00:00:00", "2y")]
    [InlineData("732.00:00:00", "2y2d")]
    [InlineData("2919.00:00:00", "7y364d")]
    [InlineData("2921.00:00:00", "8y")]
    public void Of_ATime_IsAsKubectlShowsIt(string time, string text) =>
        Assert.Equal(text, HumanDuration.Of(TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));
}
