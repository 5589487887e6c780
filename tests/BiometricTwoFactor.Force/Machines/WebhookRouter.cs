namespace BiometricTwoFactor.Force;

/// <summary>The load balancer before the bank: each delivery goes to the next machine, alive or not.</summary>
internal sealed class WebhookRouter : DelegatingHandler
{
    private int _next;
    private int _sent;
    private int _answered;

    public WebhookRouter()
        : base(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
    {
    }

    public IReadOnlyList<BankProcess> Machines { get; set; } = [];

    public int Sent => _sent;

    /// <summary>Those that were acknowledged.</summary>
    public int Acknowledged => _answered;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _sent);
        var machine = Machines[(int)((uint)Interlocked.Increment(ref _next) % (uint)Machines.Count)];
        request.RequestUri = new Uri(machine.Address, request.RequestUri!.AbsolutePath);
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            Interlocked.Increment(ref _answered);
        }

        return answer;
    }
}
