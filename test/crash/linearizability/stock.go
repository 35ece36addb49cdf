package main

import (
	"fmt"

	"github.com/anishathalye/porcupine"
)

// The stock of one SKU: a number that buying takes from, and that counting sets. A look shows it as it is at that very moment.
type stockState struct {
	known  bool
	onHand int
	// Reserved and sold together: when the one becomes the other is nobody's business here.
	taken int
	// Pieces of orders that have ended, which come back on hand at a moment that nobody is told.
	owed int
}

type stockKind int

const (
	look stockKind = iota
	// rest is a look at a time when nothing is owed any more.
	rest
	count
	// take is a purchase that got its pieces.
	take
	// borrow is one that got them and ended without them: its card was declined.
	borrow
	// miss is one that was told that there is not enough.
	miss
	// maybe is one that nobody has heard the end of.
	maybe
	// cancelled is the end of an order that had its pieces.
	cancelled
)

type stockOp struct {
	kind     stockKind
	order    string
	quantity int
	onHand   int
	taken    int
}

var stockModel = (&porcupine.NondeterministicModel{
	Init: func() []interface{} { return []interface{}{stockState{}} },
	Step: func(state, input, _ interface{}) []interface{} {
		return stepStock(state.(stockState), input.(stockOp))
	},
	DescribeOperation: func(input, _ interface{}) string { return fmt.Sprintf("%+v", input) },
	DescribeState:     func(state interface{}) string { return fmt.Sprintf("%+v", state) },
}).ToModel()

// stepStock answers what the stock may be after an operation; nothing where the operation cannot be.
func stepStock(s stockState, op stockOp) []interface{} {
	if !s.known {
		// A history begins with a look at a shop at rest.
		return when(op.kind == look, stockState{known: true, onHand: op.onHand, taken: op.taken})
	}
	switch op.kind {
	case look, rest:
		back := op.onHand - s.onHand
		ok := back >= 0 && back <= s.owed && op.taken == s.taken-back && (op.kind == look || back == s.owed)
		return when(ok, s.giveBack(back))
	case count:
		// What came back before is counted, what comes back later is added.
		var after []interface{}
		for back := 0; back <= s.owed; back++ {
			counted := s.giveBack(back)
			counted.onHand = op.quantity
			after = append(after, counted)
		}
		return after
	case miss:
		return when(s.onHand < op.quantity, s)
	case cancelled:
		s.owed += op.quantity
		return when(true, s)
	}
	if s.onHand < op.quantity {
		s = s.giveBack(fewer(s.owed, op.quantity-s.onHand))
	}
	if s.onHand < op.quantity {
		return when(op.kind == maybe, s)
	}
	s.onHand -= op.quantity
	s.taken += op.quantity
	if op.kind == borrow {
		s.owed += op.quantity
	}
	return when(true, s)
}

func when(ok bool, s stockState) []interface{} {
	if ok {
		return []interface{}{s}
	}
	return nil
}

// Pieces come back as late as possible: then every earlier moment is still open.
func (s stockState) giveBack(pieces int) stockState {
	s.onHand += pieces
	s.taken -= pieces
	s.owed -= pieces
	return s
}

// purchase is all that was asked about one order, as far as its stock is concerned.
type purchase struct {
	client        int
	call, decided int64
	quantity      int
	took, missed  bool
	declined      bool
	// When its cancellation was asked for and first acknowledged.
	cancelCall, cancelEnd int64
	cancelled             bool
}

// stockHistories answers, for each SKU that was looked at, its history.
func stockHistories(records []record) map[string][]porcupine.Operation {
	histories := map[string][]porcupine.Operation{}
	add := func(sku string, client int, input stockOp, call, end int64) {
		histories[sku] = append(histories[sku], porcupine.Operation{ClientId: client, Input: input, Call: call, Return: end})
	}
	looked, resting := map[string]bool{}, false
	for _, each := range records {
		if each.Op == "rest" {
			resting = true
		}
		switch {
		case each.Op == "level" && each.accepted():
			looked[each.Sku] = true
			op := stockOp{kind: look, onHand: each.OnHand, taken: each.Reserved + each.Sold}
			if resting {
				op.kind = rest
			}
			add(each.Sku, each.Client, op, each.Start, each.end())
		// A count without an answer may have happened at any time since, or at the end, where it harms nobody.
		case each.Op == "count" && (each.accepted() || !each.answered()):
			add(each.Sku, each.Client, stockOp{kind: count, quantity: each.Quantity}, each.Start, each.end())
		}
	}
	for sku, purchases := range purchasesOf(records, looked) {
		for order, each := range purchases {
			op, end := stockOp{order: order, quantity: each.quantity}, each.decided
			switch {
			case each.missed:
				op.kind = miss
			case each.declined || (each.cancelled && !each.took):
				op.kind = borrow
			case each.took:
				op.kind = take
			default:
				op.kind, end = maybe, forever
			}
			add(sku, each.client, op, each.call, end)
			if each.took && each.cancelled {
				op.kind = cancelled
				add(sku, each.client, op, each.cancelCall, each.cancelEnd)
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
			of = &purchase{
				client: each.Client, call: each.Start, decided: forever,
				cancelCall: forever, cancelEnd: forever, quantity: each.Quantity,
			}
			found[each.Sku][order] = of
			byOrder[order] = of
		}
		of.call = earlier(of.call, each.Start)
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
		of.cancelCall = earlier(of.cancelCall, each.Start)
		if each.accepted() {
			of.cancelled = true
			of.cancelEnd = earlier(of.cancelEnd, each.end())
		}
	}
	return found
}

func (of *purchase) decide(answer record) {
	of.decided = earlier(of.decided, answer.end())
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

func earlier(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

func fewer(a, b int) int {
	if a < b {
		return a
	}
	return b
}
