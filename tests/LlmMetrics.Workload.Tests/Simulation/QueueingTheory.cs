namespace LlmMetrics.Workload.Simulation;

/// <summary>What queueing theory says about systems that it can solve.</summary>
internal static class QueueingTheory
{
    /// <summary>Erlang's C formula: the probability that a request must wait, by the recursion of Erlang's B.</summary>
    public static double ErlangC(int servers, double offered)
    {
        var blocking = 1.0;
        for (var n = 1; n <= servers; n++)
        {
            blocking = offered * blocking / (n + (offered * blocking));
        }

        var load = offered / servers;
        return blocking / (1 - (load * (1 - blocking)));
    }

    /// <summary>Mean response time of an M/M/c system.</summary>
    public static double MeanResponse(int servers, double arrivals, double service)
    {
        var offered = arrivals * service;
        return service + (ErlangC(servers, offered) * service / (servers - offered));
    }
}
