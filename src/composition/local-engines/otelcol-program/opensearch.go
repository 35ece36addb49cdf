package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/config/configretry"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/exporterhelper"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

const alreadyThere = "version_conflict_engine_exception"

// openSearchConfig has the keys of the contributed exporter that are used here.
type openSearchConfig struct {
	HTTP struct {
		Endpoint string `mapstructure:"endpoint"`
	} `mapstructure:"http"`
	// LogsIndex is what the day is added to: jangteo-logs becomes jangteo-logs-2026.11.21.
	LogsIndex string `mapstructure:"logs_index"`
}

func (config *openSearchConfig) Validate() error {
	if config.HTTP.Endpoint == "" || config.LogsIndex == "" {
		return errors.New("http.endpoint and logs_index are both needed")
	}
	return nil
}

// logDocument is a line as the Simple Schema for Observability (SS4O) has it.
type logDocument struct {
	Timestamp  time.Time      `json:"@timestamp"`
	Observed   time.Time      `json:"observedTimestamp"`
	Body       string         `json:"body"`
	Severity   severity       `json:"severity"`
	TraceID    string         `json:"traceId,omitempty"`
	SpanID     string         `json:"spanId,omitempty"`
	Attributes map[string]any `json:"attributes,omitempty"`
	Resource   map[string]any `json:"resource,omitempty"`
}

type severity struct {
	Text   string `json:"text"`
	Number int32  `json:"number"`
}

// openSearchExporter writes log lines by bulk into an index a day.
func openSearchExporter() exporter.Factory {
	create := func(ctx context.Context, set exporter.Settings, given component.Config) (exporter.Logs, error) {
		config := given.(*openSearchConfig)
		url := strings.TrimSuffix(config.HTTP.Endpoint, "/") + "/_bulk"
		push := func(ctx context.Context, logs plog.Logs) error {
			body, err := bulkBody(logs, config.LogsIndex)
			if err != nil {
				return consumererror.NewPermanent(err)
			}
			answer, err := post(ctx, url, "application/x-ndjson", body)
			if err != nil {
				return err
			}
			return refusalIn(answer)
		}
		return exporterhelper.NewLogs(ctx, set, given, push,
			exporterhelper.WithRetry(configretry.NewDefaultBackOffConfig()),
			exporterhelper.WithQueue(exporterhelper.NewDefaultQueueConfig()))
	}
	return exporter.NewFactory(component.MustNewType("opensearch"),
		func() component.Config { return &openSearchConfig{} },
		exporter.WithLogs(create, component.StabilityLevelDevelopment))
}

func bulkBody(logs plog.Logs, index string) ([]byte, error) {
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	for _, ofResource := range logs.ResourceLogs().All() {
		resource := ofResource.Resource().Attributes().AsRaw()
		for _, ofScope := range ofResource.ScopeLogs().All() {
			for _, line := range ofScope.LogRecords().All() {
				document := documentOf(line, resource)
				text, err := json.Marshal(document)
				if err != nil {
					return nil, err
				}
				name := index + "-" + document.Timestamp.Format("2006.01.02")
				// A line that comes once more, for its first answer was lost, has the same id, and is there already.
				id := fmt.Sprintf("%x", sha256.Sum256(text))[:32]
				if err := encoder.Encode(map[string]any{"create": map[string]string{"_index": name, "_id": id}}); err != nil {
					return nil, err
				}
				body.Write(append(text, '\n'))
			}
		}
	}
	return body.Bytes(), nil
}

func documentOf(line plog.LogRecord, resource map[string]any) logDocument {
	at := line.Timestamp()
	if at == 0 {
		at = line.ObservedTimestamp()
	}
	if at == 0 {
		at = pcommon.NewTimestampFromTime(time.Now())
	}
	document := logDocument{
		Timestamp:  at.AsTime(),
		Observed:   line.ObservedTimestamp().AsTime(),
		Body:       line.Body().AsString(),
		Severity:   severity{Text: line.SeverityText(), Number: int32(line.SeverityNumber())},
		Attributes: line.Attributes().AsRaw(),
		Resource:   resource,
	}
	if !line.TraceID().IsEmpty() {
		document.TraceID = line.TraceID().String()
	}
	if !line.SpanID().IsEmpty() {
		document.SpanID = line.SpanID().String()
	}
	return document
}

// refusalIn finds lines that were refused: told, never sent again, for the others of the batch would be written twice.
func refusalIn(answer []byte) error {
	var said struct {
		Errors bool `json:"errors"`
		Items  []map[string]struct {
			Error *struct {
				Type   string `json:"type"`
				Reason string `json:"reason"`
			} `json:"error"`
		} `json:"items"`
	}
	if err := json.Unmarshal(answer, &said); err != nil || !said.Errors {
		return nil
	}
	for _, item := range said.Items {
		for _, outcome := range item {
			if outcome.Error != nil && outcome.Error.Type != alreadyThere {
				return consumererror.NewPermanent(fmt.Errorf("OpenSearch refused a line: %s: %s", outcome.Error.Type, outcome.Error.Reason))
			}
		}
	}
	return nil
}
