package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"go.opentelemetry.io/collector/consumer/consumererror"
)

const mostAnswerBytes = 64 << 20

var client = &http.Client{Timeout: 10 * time.Second}

// post sends a body and answers what came back. What the other side refuses for good is not tried again.
func post(ctx context.Context, url, contentType string, body []byte) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, consumererror.NewPermanent(err)
	}
	request.Header.Set("Content-Type", contentType)
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, mostAnswerBytes))
	if err != nil {
		return nil, err
	}
	if response.StatusCode < 300 {
		return answer, nil
	}
	err = fmt.Errorf("%s answered %d: %.300s", url, response.StatusCode, answer)
	if response.StatusCode < 500 && response.StatusCode != http.StatusTooManyRequests {
		return nil, consumererror.NewPermanent(err)
	}
	return nil, err
}
