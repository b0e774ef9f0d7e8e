using System.Globalization;
using System.Net;
using System.Text;

namespace LlmMetrics.Workload.Output;

/// <summary>Draws lines over two axes as SVG. Colours come from the page, so that they follow light and dark.</summary>
internal sealed class SvgChart(string title, ChartAxis x, ChartAxis y, IReadOnlyList<ChartLine> lines)
{
    private const double Width = 760;
    private const double Height = 340;
    private const double Left = 64;
    private const double Right = 16;
    private const double Top = 14;
    private const double Bottom = 46;
    private const double MaxDot = 40;
    private static readonly CultureInfo _culture = CultureInfo.InvariantCulture;

    private readonly StringBuilder _svg = new();

    public string Draw()
    {
        _svg.AppendLine(_culture,
            $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Escape(title)}\" class=\"chart\">");
        Axes();
        foreach (var line in lines)
        {
            Intervals(line);
        }

        foreach (var line in lines)
        {
            Line(line);
        }

        _svg.Append("</svg>\n");
        Legend();
        return _svg.ToString();
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private double X(double value) => Math.Round(Left + (x.Place(value) * (Width - Left - Right)), 1);

    private double Y(double value) => Math.Round(Height - Bottom - (y.Place(value) * (Height - Top - Bottom)), 1);

    private void Axes()
    {
        foreach (var mark in y.Marks)
        {
            _svg.AppendLine(_culture,
                $"<line class=\"grid\" x1=\"{Left}\" y1=\"{Y(mark)}\" x2=\"{Width - Right}\" y2=\"{Y(mark)}\"/>");
            _svg.AppendLine(_culture, $"<text class=\"mark\" x=\"{Left - 8}\" y=\"{Y(mark) + 4}\" "
                + $"text-anchor=\"end\">{ChartAxis.Text(mark)}</text>");
        }

        foreach (var mark in x.Marks)
        {
            _svg.AppendLine(_culture,
                $"<line class=\"tick\" x1=\"{X(mark)}\" y1=\"{Height - Bottom}\" x2=\"{X(mark)}\" "
                + $"y2=\"{Height - Bottom + 5}\"/>");
            _svg.AppendLine(_culture, $"<text class=\"mark\" x=\"{X(mark)}\" y=\"{Height - Bottom + 19}\" "
                + $"text-anchor=\"middle\">{ChartAxis.Text(mark)}</text>");
        }

        var middle = Top + ((Height - Top - Bottom) / 2);
        _svg.AppendLine(_culture, $"<line class=\"axis\" x1=\"{Left}\" y1=\"{Height - Bottom}\" x2=\"{Width - Right}\" "
            + $"y2=\"{Height - Bottom}\"/>");
        _svg.AppendLine(_culture,
            $"<text class=\"label\" x=\"{Left + ((Width - Left - Right) / 2)}\" y=\"{Height - 6}\" "
            + $"text-anchor=\"middle\">{Escape(x.Title)}</text>");
        _svg.AppendLine(_culture,
            $"<text class=\"label\" x=\"14\" y=\"{middle}\" text-anchor=\"middle\" transform=\"rotate(-90 14 "
            + $"{middle})\">{Escape(y.Title)}</text>");
    }

    private void Intervals(ChartLine line)
    {
        for (var i = 0; i < line.Intervals.Count; i++)
        {
            var (low, high) = line.Intervals[i];
            var at = X(line.Points[i].X);
            _svg.AppendLine(_culture,
                $"<line class=\"c{line.Colour} whisker\" x1=\"{at}\" y1=\"{Y(low)}\" x2=\"{at}\" y2=\"{Y(high)}\"/>");
        }
    }

    private void Line(ChartLine line)
    {
        if (line.Points.Count == 0)
        {
            return;
        }

        var path = new StringBuilder();
        for (var i = 0; i < line.Points.Count; i++)
        {
            var (px, py) = line.Points[i];
            if (i > 0 && line.IsStep)
            {
                path.Append(CultureInfo.InvariantCulture, $"H{X(px)}V{Y(py)}");
            }
            else
            {
                path.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{X(px)} {Y(py)}");
            }
        }

        var kind = line.IsLimit ? "limit" : $"c{line.Colour} line";
        _svg.AppendLine(_culture, $"<path class=\"{kind}\" d=\"{path}\"><title>{Escape(line.Name)}</title></path>");
        if (line.HasDots && line.Points.Count <= MaxDot)
        {
            foreach (var (px, py) in line.Points)
            {
                _svg.AppendLine(_culture, $"<circle class=\"c{line.Colour} dot\" cx=\"{X(px)}\" cy=\"{Y(py)}\" "
                    + $"r=\"3.5\"><title>{Escape(line.Name)}: {ChartAxis.Text(px)}, "
                    + $"{ChartAxis.Text(Math.Round(py, 2))}</title></circle>");
            }
        }
    }

    private void Legend()
    {
        _svg.Append("<ul class=\"legend\">");
        foreach (var line in lines)
        {
            var kind = line.IsLimit ? "limit" : $"c{line.Colour}";
            _svg.Append("<li><svg viewBox=\"0 0 22 8\" class=\"key\" aria-hidden=\"true\"><path class=\"")
                .Append(kind).Append(line.IsLimit ? "" : " line").Append("\" d=\"M1 4H21\"/></svg>")
                .Append(Escape(line.Name)).Append("</li>");
        }

        _svg.Append("</ul>\n");
    }
}
