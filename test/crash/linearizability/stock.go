package main

import (
	"fmt"
	"sort"
	"strings"

	"github.com/anishathalye/porcupine"
)

// The stock of one SKU: a number that buying takes from, and that counting sets. Reading is a look at this very moment.
type stockState struct {
	known  bool
	onHand int
	// Reserved and sold together: when the one becomes the other is nobody's business here.
	taken int
	// Orders that hold pieces now and will give them back, each with a comma.
	lent string
}

type stockKind int

const (
	look stockKind = iota
	count
	// take is a purchase that got its pieces.
	take
	// miss is a purchase that was told that there is not enough.
	miss
	// maybe is a purchase that nobody has heard the end of.
	maybe
	// give is the return of what a declined or cancelled order held.
	give
)

type stockOp struct {
	kind     stockKind
	order    string
	quantity int
	returns  bool
	onHand   int
	taken    int
}

var stockModel = porcupine.Model{
	Init: func() interface{} { return stockState{} },
	Step: func(state, input, _ interface{}) (bool, interface{}) {
		return stepStock(state.(stockState), input.(stockOp))
	},
	DescribeOperation: func(input, _ interface{}) string { return fmt.Sprintf("%+v", input) },
	DescribeState:     func(state interface{}) string { return fmt.Sprintf("%+v", state) },
}

func stepStock(s stockState, op stockOp) (bool, interface{}) {
	if !s.known {
		// A history begins with a look at a shop at rest.
		return op.kind == look, stockState{known: true, onHand: op.onHand, taken: op.taken}
	}
	switch op.kind {
	case look:
		return s.onHand == op.onHand && s.taken == op.taken, s
	case count:
		s.onHand = op.quantity
		return true, s
	case miss:
		return s.onHand < op.quantity, s
	case give:
		if !strings.Contains(s.lent, op.order+",") {
			return false, s
		}
		s.lent = strings.Replace(s.lent, op.order+",", "", 1)
		s.onHand += op.quantity
		s.taken -= op.quantity
		return true, s
	default:
		if s.onHand < op.quantity {
			return op.kind == maybe, s
		}
		s.onHand -= op.quantity
		s.taken += op.quantity
		if op.returns {
			s.lent = lendTo(s.lent, op.order)
		}
		return true, s
	}
}

// Sorted, so that the same loans are the same state.
func lendTo(lent, order string) string {
	orders := append(strings.Split(strings.TrimSuffix(lent, ","), ","), order)
	sort.Strings(orders)
	return strings.TrimPrefix(strings.Join(orders, ","), ",") + ","
}

// purchase is all that was asked about one order, as far as its stock is concerned.
type purchase struct {
	call, decided int64
	quantity      int
	took, missed  bool
	// When its cancellation was asked for, and whether it holds nothing in the end.
	cancelCall int64
	cancelled  bool
	declined   bool
}

// stockHistories answers, for each SKU that was looked at, its history.
func stockHistories(records []record) map[string][]porcupine.Operation {
	histories := map[string][]porcupine.Operation{}
	add := func(sku string, client int, input stockOp, call, end int64) {
		histories[sku] = append(histories[sku], porcupine.Operation{ClientId: client, Input: input, Call: call, Return: end})
	}
	looked := map[string]bool{}
	for _, each := range records {
		switch each.Op {
		case "level":
			looked[each.Sku] = true
			if each.accepted() {
				add(each.Sku, each.Client, stockOp{kind: look, onHand: each.OnHand, taken: each.Reserved + each.Sold}, each.Start, each.end())
			}
		case "count":
			// One without an answer may have happened at any time since, or at the end, where it harms nobody.
			if each.accepted() || !each.answered() {
				add(each.Sku, each.Client, stockOp{kind: count, quantity: each.Quantity}, each.Start, each.end())
			}
		}
	}
	for sku, purchases := range purchasesOf(records, looked) {
		for order, each := range purchases {
			client := 0
			switch {
			case each.missed:
				add(sku, client, stockOp{kind: miss, order: order, quantity: each.quantity}, each.call, each.decided)
			case each.declined:
				add(sku, client, stockOp{kind: take, order: order, quantity: each.quantity, returns: true}, each.call, each.decided)
				add(sku, client, stockOp{kind: give, order: order, quantity: each.quantity}, each.call, each.decided)
			case each.took || each.cancelled:
				add(sku, client, stockOp{kind: take, order: order, quantity: each.quantity, returns: each.cancelled}, each.call, each.decided)
				if each.cancelled {
					back := nextRest(records, each.cancelCall)
					add(sku, client, stockOp{kind: give, order: order, quantity: each.quantity}, each.cancelCall, back)
				}
			default:
				add(sku, client, stockOp{kind: maybe, order: order, quantity: each.quantity}, each.call, forever)
			}
		}
	}
	return histories
}

func purchasesOf(records []record, looked map[string]bool) map[string]map[string]*purchase {
	found := map[string]map[string]*purchase{}
	byOrder := map[string]*purchase{}
	for _, each := range records {
		if each.Op != "buy" || !looked[each.Sku] {
			continue
		}
		order := each.Order
		if order == "" {
			order = "unheard of: " + each.Key
		}
		if found[each.Sku] == nil {
			found[each.Sku] = map[string]*purchase{}
		}
		of := found[each.Sku][order]
		if of == nil {
			of = &purchase{call: each.Start, decided: forever, cancelCall: forever, quantity: each.Quantity}
			found[each.Sku][order] = of
			byOrder[order] = of
		}
		if each.Start < of.call {
			of.call = each.Start
		}
		if !each.answered() || each.Status == 202 {
			continue
		}
		of.decide(each)
	}
	for _, each := range records {
		of := byOrder[each.Order]
		if of == nil || each.Op != "cancel" {
			continue
		}
		if each.Start < of.cancelCall {
			of.cancelCall = each.Start
		}
		of.cancelled = of.cancelled || (each.accepted() && !of.missed && !of.declined)
	}
	return found
}

func (of *purchase) decide(answer record) {
	if answer.end() < of.decided {
		of.decided = answer.end()
	}
	switch {
	case answer.Status == 201:
		of.took = true
	case answer.Code == "out_of_stock":
		of.missed = true
	case answer.Code == "card_declined":
		of.declined = true
	case answer.Code == "order_cancelled":
		of.cancelled = true
	}
}

// nextRest is when the shop was next seen at rest: by then whatever was to be given back has been.
func nextRest(records []record, after int64) int64 {
	rest := int64(forever)
	for _, each := range records {
		if each.Op == "rest" && each.Start >= after && each.Start < rest {
			rest = each.Start
		}
	}
	return rest
}
