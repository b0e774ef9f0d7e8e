namespace LlmMetrics.Monitoring;

/// <summary>Writes Alertmanager's configuration: two receivers, whose ways to notify are ready to uncomment.</summary>
internal static class AlertmanagerFile
{
    public static string Of(MonitoringDefinition definition) => $"""
        # Emitted by llm-metrics monitoring init. Alerts show at http://localhost:9093 as it is; to be told of them,
        # uncomment and fill in a block of each receiver.
        route:
          receiver: 'default-receiver'
          group_by: ['alertname', 'job']
          group_wait: 30s
          group_interval: 5m
          repeat_interval: 4h
          routes:
            - receiver: 'critical-receiver'
              matchers: ['severity = "critical"']
              repeat_interval: 1h

        # While an alert is critical, its own warnings say nothing new.
        inhibit_rules:
          - source_matchers: ['severity = "critical"']
            target_matchers: ['severity = "warning"']
            equal: ['alertname', 'job']

        receivers:
          - name: 'default-receiver'
        {Ways(definition.Name)}
          - name: 'critical-receiver'
        {Ways(definition.Name)}
        """;

    private static string Ways(string name) => $"""
            # Email
            # email_configs:
            #   - to: 'team@example.com'
            #     from: 'alertmanager@{name}.local'
            #     smarthost: 'smtp.example.com:587'
            #     auth_username: 'alertmanager'
            #     auth_password_file: /etc/alertmanager/smtp-password
            # Slack
            # slack_configs:
            #   - api_url_file: /etc/alertmanager/slack-url
            #     channel: '#{name}-alerts'
            #     send_resolved: true
            # PagerDuty
            # pagerduty_configs:
            #   - service_key_file: /etc/alertmanager/pagerduty-key

        """;
}
