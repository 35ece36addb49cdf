package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"sort"
)

// forever is the return time of what nobody has heard the end of.
const forever = math.MaxInt64 / 4

// A record is one request as its client saw it: a line of the history. Times are microseconds of one monotonic clock.
type record struct {
	Client   int    `json:"client"`
	Op       string `json:"op"`
	Start    int64  `json:"start"`
	End      *int64 `json:"end"`
	Status   int    `json:"status"`
	Code     string `json:"code"`
	Key      string `json:"key"`
	Order    string `json:"order"`
	Sku      string `json:"sku"`
	Quantity int    `json:"quantity"`
	State    string `json:"state"`
	Refunded int    `json:"refunded"`
	OnHand   int    `json:"onHand"`
	Reserved int    `json:"reserved"`
	Sold     int    `json:"sold"`
}

// answered tells whether the client knows what became of its request. A shop in trouble (5xx) and a neighbour under way tell nothing.
func (r record) answered() bool {
	return r.End != nil && r.Status < 500 && r.Code != "idempotency_key_in_use"
}

func (r record) end() int64 {
	if r.answered() {
		return *r.End
	}
	return forever
}

func (r record) accepted() bool {
	return r.answered() && r.Status < 300
}

func readHistory(path string) ([]record, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(make([]byte, 0, 64*1024), 1024*1024)
	var records []record
	for number := 1; lines.Scan(); number++ {
		var each record
		if err := json.Unmarshal(lines.Bytes(), &each); err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		if each.End != nil && *each.End < each.Start {
			return nil, fmt.Errorf("line %d ends before it starts", number)
		}
		records = append(records, each)
	}
	sort.SliceStable(records, func(a, b int) bool { return records[a].Start < records[b].Start })
	return withOrders(records), lines.Err()
}

// withOrders gives a request that was never answered the order that its key was answered with another time.
func withOrders(records []record) []record {
	orderOf := map[string]string{}
	for _, each := range records {
		if each.Op == "buy" && each.Order != "" {
			orderOf[each.Key] = each.Order
		}
	}
	for index := range records {
		if records[index].Op == "buy" && records[index].Order == "" {
			records[index].Order = orderOf[records[index].Key]
		}
	}
	return records
}
