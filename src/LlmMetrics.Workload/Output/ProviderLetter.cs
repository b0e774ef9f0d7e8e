using System.Globalization;
using System.Text;

namespace LlmMetrics.Workload.Output;

/// <summary>The letter to the provider, filled in.</summary>
internal static class ProviderLetter
{
    public static string English(WorkloadPlan plan) => Write(plan, new Words
    {
        Subject = "Subject: capacity for our users",
        Opening = "Hello,\n\nWe use your service to run language models and would like to talk about the capacity "
            + "that we need. We measured real use and simulated the load of more users from it.",
        Measured = $"MEASURED ({Figures.Users(plan.Measurement.MeasuredUsers)}, {Number(plan.Measurement.Hours)} h)",
        Projections = "PROJECTIONS (95 % interval in brackets)",
        Needs = "WHAT WE NEED FIRST",
        Questions = "Could you tell us:\n1. whether this capacity is available,\n2. how long it takes to set up,\n"
            + "3. how it can grow to the larger numbers above,\n4. what it costs?",
        Closing = "Kind regards,\n[your name]\n\nAttached: workload-calculation.json (all figures)",
        Messages = "messages", Requests = "LLM requests", Tokens = "tokens", Input = "input", Output = "output",
        Response = "mean response time", Users = "users", Unknown = "not measured", Day = "day",
        Target = "target latency: P95 below", Mean = "tokens/second on average", Peak = "in the busiest hour",
        Unreachable = "the target cannot be met with this GPU and model", Gigabytes = "GB",
        Progress = "requests in progress in the busiest hour, on average",
        P95 = "P95 of the response time in the busiest hour",
        Cut = static value => value.ToString("#,0.##", CultureInfo.InvariantCulture),
    });

    public static string French(WorkloadPlan plan) => Write(plan, new Words
    {
        Colon = " : ",
        Subject = "Objet : capacité pour nos utilisateurs",
        Opening = "Bonjour,\n\nNous utilisons votre service pour nos modèles de langage et souhaitons discuter de nos "
            + "besoins en infrastructure. Nous avons mesuré un usage réel et simulé la charge d'un plus grand nombre "
            + "d'utilisateurs à partir de ces mesures.",
        Measured = $"DONNÉES DE BASE ({French(plan.Measurement.MeasuredUsers)} "
            + (plan.Measurement.MeasuredUsers == 1 ? "utilisateur, " : "utilisateurs, ")
            + $"{French(plan.Measurement.Hours)} h)",
        Projections = "PROJECTIONS (intervalle à 95 % entre parenthèses)",
        Needs = "BESOINS IMMÉDIATS",
        Questions = "Pouvez-vous nous confirmer :\n1. la disponibilité de cette capacité ;\n2. les délais de mise en "
            + "place ;\n3. les options de montée en charge ;\n4. les tarifs associés ?",
        Closing = "Merci,\n[votre nom]\n\nPJ : workload-calculation.json (données complètes)",
        Messages = "messages traités", Requests = "requêtes LLM", Tokens = "tokens", Input = "entrée",
        Output = "sortie",
        Response = "temps de réponse moyen", Users = "utilisateurs", Unknown = "non mesuré", Day = "jour",
        Target = "latence cible : P95 inférieur à", Mean = "tokens/seconde en moyenne", Peak = "en heure de pointe",
        Unreachable = "l'objectif est hors d'atteinte avec ce GPU et ce modèle",
        Gigabytes = "Go",
        Progress = "requêtes simultanées en heure de pointe, en moyenne",
        P95 = "P95 du temps de réponse en heure de pointe",
        Cut = static value => French(value),
    });

    private static string Write(WorkloadPlan plan, Words words)
    {
        var measured = plan.Measurement;
        var text = new StringBuilder();
        text.AppendJoin("\n\n", words.Subject, words.Opening, words.Measured).Append('\n');
        Line(words.Messages, measured.Messages is { } messages ? words.Cut(messages) : words.Unknown);
        Line(words.Requests, words.Cut(measured.Requests));
        Line(words.Tokens, $"{words.Cut(measured.InputTokens + measured.OutputTokens)} ({words.Input}{words.Colon}"
            + $"{words.Cut(measured.InputTokens)}, {words.Output}{words.Colon}{words.Cut(measured.OutputTokens)})");
        Line(words.Response, measured.MeanResponseMs is { } ms ? words.Cut(ms) + " ms" : words.Unknown);
        text.Append('\n').Append(words.Projections).Append('\n');
        foreach (var user in plan.Users)
        {
            text.Append('\n').Append(words.Cut(user.Users)).Append(' ').Append(words.Users).Append('\n');
            User(user);
        }

        text.Append('\n').Append(words.Needs).Append(" (").Append(words.Cut(plan.Users[0].Users)).Append(' ')
            .Append(words.Users).Append(")\n");
        Needs(plan.Users[0]);
        text.Append("- ").Append(words.Target).Append(' ').Append(words.Cut(plan.Options.TargetP95Ms)).Append(" ms\n");
        return text.Append('\n').Append(words.Questions).Append("\n\n").Append(words.Closing).Append('\n').ToString();

        void Line(string name, string value) =>
            text.Append("- ").Append(name).Append(words.Colon).Append(value).Append('\n');

        void User(UserPlan user)
        {
            if (user.MessagesPerDay is { } perDay)
            {
                Line($"{words.Messages}/{words.Day}", words.Cut(perDay));
            }

            Line($"{words.Requests}/{words.Day}", words.Cut(user.RequestsPerDay));
            Needs(user);
        }

        void Needs(UserPlan user)
        {
            if (user.Gpus is not { } gpus || user.Peak is not { } peak)
            {
                text.Append("- GPU").Append(words.Colon).Append(words.Unreachable).Append('\n');
                Line(words.Mean, words.Cut(Math.Round(user.MeanTokensPerSecond, 2)));
                return;
            }

            Line("GPU", $"{words.Cut(gpus)} × {plan.Serving.Gpu.Name} "
                + $"({Count(user.GpusInterval.Low)}–{Count(user.GpusInterval.High)}), {plan.Serving.Model.Name}, "
                + PlanTables.Quantised(plan.Serving.Quantisation));
            Line("RAM", $"{words.Cut(Math.Ceiling(user.RamGB!.Value))} {words.Gigabytes}");
            Line("VRAM", $"{words.Cut(Math.Ceiling(user.VramNeededGB!.Value))} {words.Gigabytes}");
            Line(words.Mean, words.Cut(Math.Round(user.MeanTokensPerSecond, 2)));
            Line($"{words.Tokens}/s {words.Peak}", words.Cut(Math.Round(
                peak.InputTokensPerSecond + peak.OutputTokensPerSecond, 2)));
            Line(words.Progress, words.Cut(Math.Round(peak.MeanConcurrency, 1)));
            Line(words.P95, words.Cut(Math.Round(peak.Response.P95Ms)) + " ms");
        }

        string Count(int? gpus) => gpus is { } count ? words.Cut(count) : "?";
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    // The tool runs without culture data, so the French form is written out: narrow no-break space and comma.
    private static string French(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture)
        .Replace(",", "\u202F", StringComparison.Ordinal).Replace(".", ",", StringComparison.Ordinal);

    private sealed class Words
    {
        public string Colon { get; init; } = ": ";
        public required string Subject { get; init; }
        public required string Opening { get; init; }
        public required string Measured { get; init; }
        public required string Projections { get; init; }
        public required string Needs { get; init; }
        public required string Questions { get; init; }
        public required string Closing { get; init; }
        public required string Messages { get; init; }
        public required string Requests { get; init; }
        public required string Tokens { get; init; }
        public required string Input { get; init; }
        public required string Output { get; init; }
        public required string Response { get; init; }
        public required string Users { get; init; }
        public required string Unknown { get; init; }
        public required string Day { get; init; }
        public required string Target { get; init; }
        public required string Mean { get; init; }
        public required string Peak { get; init; }
        public required string Unreachable { get; init; }
        public required string Progress { get; init; }
        public required string P95 { get; init; }
        public required string Gigabytes { get; init; }
        public required Func<double, string> Cut { get; init; }
    }
}
