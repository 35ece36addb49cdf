package main

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/translator/zipkin/zipkinv2"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/config/configretry"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/exporterhelper"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// zipkinConfig has the keys of the contributed exporter that are used here.
type zipkinConfig struct {
	Endpoint string `mapstructure:"endpoint"`
}

func (config *zipkinConfig) Validate() error {
	if config.Endpoint == "" {
		return errors.New("endpoint is missing: the address of Zipkin's /api/v2/spans")
	}
	return nil
}

// zipkinExporter sends spans in Zipkin's own format (v2, JSON).
func zipkinExporter() exporter.Factory {
	create := func(ctx context.Context, set exporter.Settings, given component.Config) (exporter.Traces, error) {
		config := given.(*zipkinConfig)
		push := func(ctx context.Context, traces ptrace.Traces) error {
			spans, err := zipkinv2.FromTranslator{}.FromTraces(traces)
			if err != nil {
				return consumererror.NewPermanent(err)
			}
			body, err := json.Marshal(spans)
			if err != nil {
				return consumererror.NewPermanent(err)
			}
			_, err = post(ctx, config.Endpoint, "application/json", body)
			return err
		}
		return exporterhelper.NewTraces(ctx, set, given, push,
			exporterhelper.WithRetry(configretry.NewDefaultBackOffConfig()),
			exporterhelper.WithQueue(exporterhelper.NewDefaultQueueConfig()))
	}
	return exporter.NewFactory(component.MustNewType("zipkin"),
		func() component.Config { return &zipkinConfig{} },
		exporter.WithTraces(create, component.StabilityLevelDevelopment))
}
