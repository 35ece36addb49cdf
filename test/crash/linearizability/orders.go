package main

import (
	"fmt"
	"strings"

	"github.com/anishathalye/porcupine"
)

// One order as its readers may see it. The checkout and the carrier move it by themselves, everything else is somebody's act.
type orderState struct {
	status string
	// A cancellation was asked for before the checkout had ended.
	wish bool
	// The keys of its refunds, each with a comma.
	refunds string
}

var orderModel = porcupine.Model{
	Init: func() interface{} { return orderState{status: "none"} },
	Step: func(state, input, _ interface{}) (bool, interface{}) {
		return stepOrder(state.(orderState), input.(record))
	},
	DescribeOperation: func(input, _ interface{}) string { return describe(input.(record)) },
	DescribeState:     func(state interface{}) string { return fmt.Sprintf("%+v", state) },
}

func stepOrder(s orderState, r record) (bool, interface{}) {
	switch r.Op {
	case "buy":
		return buy(s, r)
	case "read":
		ok := s.status != "none" && s.canBecome(r.State) && len(strings.Split(s.refunds, ","))-1 == r.Refunded
		s.status = r.State
		return ok, s
	case "ship":
		return ship(s, r)
	case "cancel":
		return cancel(s, r)
	default:
		return refund(s, r)
	}
}

// canBecome tells whether the order may have come to a status without anybody's act.
func (s orderState) canBecome(status string) bool {
	if s.status == status {
		return true
	}
	switch s.status {
	case "none":
		return status == "placed" || status == "confirmed" || status == "cancelled"
	case "placed":
		return status == "cancelled" || (status == "confirmed" && !s.wish)
	case "shipped":
		return status == "delivered"
	}
	return false
}

func buy(s orderState, r record) (bool, interface{}) {
	if !r.answered() {
		if s.status == "none" {
			s.status = "placed"
		}
		return true, s
	}
	shown := r.State
	if r.Status >= 400 {
		shown = "cancelled"
	}
	ok := s.canBecome(shown)
	s.status = shown
	return ok, s
}

func ship(s orderState, r record) (bool, interface{}) {
	open := s.canBecome("confirmed")
	gone := s.status == "shipped" || s.status == "delivered"
	switch {
	case r.accepted() || !r.answered():
		if open {
			s.status = "shipped"
		}
		return open || gone || !r.answered(), s
	case r.Code == "order_cancelled":
		ok := s.canBecome("cancelled")
		s.status = "cancelled"
		return ok, s
	case r.Code == "nothing_to_ship":
		return gone, s
	}
	return r.Code == "order_not_confirmed" && s.status == "placed", s
}

func cancel(s orderState, r record) (bool, interface{}) {
	standing := s.status == "placed" || s.status == "confirmed" || s.status == "cancelled"
	gone := s.status == "shipped" || s.status == "delivered"
	switch {
	case r.accepted() && r.State == "cancelled":
		s.status = "cancelled"
		return standing, s
	case r.accepted():
		s.wish = true
		return s.status == "placed" && r.State == "placed", s
	case !r.answered():
		if s.status == "placed" {
			s.wish = true
		} else if s.status == "confirmed" {
			s.status = "cancelled"
		}
		return true, s
	}
	return gone && (r.Code == "order_shipped" || r.Code == "nothing_to_cancel"), s
}

func refund(s orderState, r record) (bool, interface{}) {
	gone := s.status == "shipped" || s.status == "delivered"
	again := strings.Contains(s.refunds, r.Key+",")
	if r.answered() && !r.accepted() {
		return !gone || s.refunds != "", s
	}
	if gone && !again {
		s.refunds += r.Key + ","
	}
	return gone || !r.answered(), s
}

func describe(r record) string {
	answer := "no answer"
	if r.answered() {
		answer = fmt.Sprintf("%d %s%s", r.Status, r.State, r.Code)
	}
	return fmt.Sprintf("%s by %d: %s", r.Op, r.Client, answer)
}

// orderHistories answers the history of each order that somebody has an answer about.
func orderHistories(records []record) map[string][]porcupine.Operation {
	histories := map[string][]porcupine.Operation{}
	unanswered := map[string]bool{}
	for _, each := range records {
		switch each.Op {
		case "buy", "read", "ship", "cancel", "refund":
		default:
			continue
		}
		if each.Order == "" || (each.Op == "read" && !each.answered()) {
			continue
		}
		if !each.answered() {
			// Of one wish without answers the first request says it all: it may come true at any time from then on.
			wish := each.Op + " " + each.Key + " " + each.Order
			if unanswered[wish] {
				continue
			}
			unanswered[wish] = true
		}
		histories[each.Order] = append(histories[each.Order], porcupine.Operation{
			ClientId: each.Client, Input: each, Call: each.Start, Return: each.end(),
		})
	}
	return histories
}
