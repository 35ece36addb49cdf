// Linearizability of what a shop's clients have seen: `go run . history.jsonl`. A history is linearizable when every answer is
// right for some moment between its request and its arrival, all moments in one order. Prints a verdict as JSON; the exit code
// is 0 when it holds, 1 when it does not, 2 when it cannot be told.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"time"

	"github.com/anishathalye/porcupine"
)

const patience = 60 * time.Second

type verdict struct {
	Operations int      `json:"operations"`
	Stocks     int      `json:"stocks"`
	Orders     int      `json:"orders"`
	Violations []string `json:"violations"`
	Undecided  []string `json:"undecided"`
}

func main() {
	if len(os.Args) != 2 {
		fail(fmt.Errorf("usage: go run . history.jsonl"))
	}
	records, err := readHistory(os.Args[1])
	if err != nil {
		fail(err)
	}
	stocks, orders := stockHistories(records), orderHistories(records)
	found := verdict{Stocks: len(stocks), Orders: len(orders), Violations: []string{}, Undecided: []string{}}
	found.check("the stock of", stockModel, stocks)
	found.check("order", orderModel, orders)
	printed, _ := json.Marshal(found)
	fmt.Println(string(printed))
	switch {
	case len(found.Violations) > 0:
		os.Exit(1)
	case len(found.Undecided) > 0:
		os.Exit(2)
	}
}

func (found *verdict) check(what string, model porcupine.Model, histories map[string][]porcupine.Operation) {
	names := make([]string, 0, len(histories))
	for name := range histories {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		history := histories[name]
		found.Operations += len(history)
		result, info := porcupine.CheckOperationsVerbose(model, history, patience)
		switch result {
		case porcupine.Unknown:
			found.Undecided = append(found.Undecided, fmt.Sprintf("%s %s: %d operations", what, name, len(history)))
		case porcupine.Illegal:
			page := filepath.Join(filepath.Dir(os.Args[1]), name+".html")
			if err := porcupine.VisualizePath(model, info, page); err != nil {
				page = err.Error()
			}
			found.Violations = append(found.Violations, fmt.Sprintf("%s %s is not linearizable, see %s", what, name, page))
		}
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(2)
}
