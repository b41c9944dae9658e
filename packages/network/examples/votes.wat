;; A canister of nobody in particular: people vote for one of four things until a deadline, each once.
;;
;;   vote : (nat8) -> ();            of a choice below 4; traps when it is over, or for who has voted already
;;   count : () -> (nat64) query;    all votes so far
;;   winner : () -> (nat8) query;    the choice with most votes
;;   close_in : (nat64) -> ();       seconds from now; for controllers
;;   is_open : () -> (bool) query;
;;
;; Stable memory: at 8 * choice its votes, and at 32 + 32 * n the n-th voter (length, principal).
(module
  (import "ic0" "msg_arg_data_copy" (func $arg_copy (param i32 i32 i32)))
  (import "ic0" "msg_arg_data_size" (func $arg_size (result i32)))
  (import "ic0" "msg_caller_size" (func $caller_size (result i32)))
  (import "ic0" "msg_caller_copy" (func $caller_copy (param i32 i32 i32)))
  (import "ic0" "msg_reply" (func $reply))
  (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
  (import "ic0" "is_controller" (func $is_controller (param i32 i32) (result i32)))
  (import "ic0" "stable64_grow" (func $stable_grow (param i64) (result i64)))
  (import "ic0" "stable64_read" (func $stable_read (param i64 i64 i64)))
  (import "ic0" "stable64_write" (func $stable_write (param i64 i64 i64)))
  (import "ic0" "time" (func $time (result i64)))
  (import "ic0" "global_timer_set" (func $timer_set (param i64) (result i64)))
  (import "ic0" "trap" (func $trap (param i32 i32)))
  (memory 1)
  (global $closed (mut i32) (i32.const 0))
  ;; 0: votes, then all voters; 4096: the argument; 5000: the caller; 6000: replies.
  (data (i32.const 6000) "DIDL\00\00" "DIDL\00\01\78" "DIDL\00\01\7b" "DIDL\00\01\7e")
  (data (i32.const 7000) "the vote is over" "you have voted already" "there is no such choice" "only controllers close the vote")

  (func $load (call $stable_read (i64.const 0) (i64.const 0) (i64.const 4096)))
  (func $save (call $stable_write (i64.const 0) (i64.const 0) (i64.const 4096)))
  (func $argument (call $arg_copy (i32.const 4096) (i32.const 0) (call $arg_size)))
  (func $caller
    (i64.store (i32.const 5000) (i64.const 0)) (i64.store (i32.const 5008) (i64.const 0))
    (i64.store (i32.const 5016) (i64.const 0)) (i64.store (i32.const 5024) (i64.const 0))
    (i32.store8 (i32.const 5000) (call $caller_size))
    (call $caller_copy (i32.const 5001) (i32.const 0) (call $caller_size)))
  (func $done (call $append (i32.const 6000) (i32.const 6)) (call $reply))
  ;; Votes are counted by adding up what is at 0, 8, 16 and 24.
  (func $sum (result i64)
    (i64.add (i64.add (i64.load (i32.const 0)) (i64.load (i32.const 8)))
      (i64.add (i64.load (i32.const 16)) (i64.load (i32.const 24)))))
  (func $voter (param $n i64) (result i32) (i32.add (i32.const 32) (i32.mul (i32.wrap_i64 (local.get $n)) (i32.const 32))))
  (func $same (param $a i32) (param $b i32) (result i32)
    (i32.and
      (i32.and (i64.eq (i64.load (local.get $a)) (i64.load (local.get $b)))
        (i64.eq (i64.load offset=8 (local.get $a)) (i64.load offset=8 (local.get $b))))
      (i32.and (i64.eq (i64.load offset=16 (local.get $a)) (i64.load offset=16 (local.get $b)))
        (i64.eq (i64.load offset=24 (local.get $a)) (i64.load offset=24 (local.get $b))))))

  (func (export "canister_init") (drop (call $stable_grow (i64.const 1))))
  (func (export "canister_global_timer") (global.set $closed (i32.const 1)))

  (func (export "canister_update vote") (local $n i64) (local $at i32)
    (call $load) (call $argument) (call $caller)
    ;; The choice is counted at once: a trap below undoes that.
    (local.set $at (i32.mul (i32.load8_u (i32.const 4103)) (i32.const 8)))
    (if (i32.ge_u (local.get $at) (i32.const 32)) (then (call $trap (i32.const 7038) (i32.const 23))))
    (local.set $n (call $sum))
    (i64.store (local.get $at) (i64.add (i64.load (local.get $at)) (i64.const 1)))
    (memory.copy (call $voter (local.get $n)) (i32.const 5000) (i32.const 32))
    (call $save)
    (if (global.get $closed) (then (call $trap (i32.const 7000) (i32.const 16))))
    (block $new (loop $next
      (br_if $new (i64.eqz (local.get $n)))
      (local.set $n (i64.sub (local.get $n) (i64.const 1)))
      (if (call $same (call $voter (local.get $n)) (i32.const 5000)) (then (call $trap (i32.const 7016) (i32.const 22))))
      (br $next)))
    (call $done))

  (func (export "canister_update close_in")
    (call $caller) (call $argument)
    (if (i32.eqz (call $is_controller (i32.const 5001) (i32.load8_u (i32.const 5000))))
      (then (call $trap (i32.const 7061) (i32.const 31))))
    (drop (call $timer_set (i64.add (call $time) (i64.mul (i64.load (i32.const 4103)) (i64.const 1000000000)))))
    (call $done))

  (func (export "canister_query count") (call $load)
    (i64.store (i32.const 6100) (call $sum))
    (call $append (i32.const 6006) (i32.const 7)) (call $append (i32.const 6100) (i32.const 8)) (call $reply))
  (func (export "canister_query winner") (local $i i32) (local $best i32) (call $load)
    (loop $next
      (if (i64.gt_u (i64.load (i32.mul (local.get $i) (i32.const 8))) (i64.load (i32.mul (local.get $best) (i32.const 8))))
        (then (local.set $best (local.get $i))))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 4))))
    (i32.store8 (i32.const 6100) (local.get $best))
    (call $append (i32.const 6013) (i32.const 7)) (call $append (i32.const 6100) (i32.const 1)) (call $reply))
  (func (export "canister_query is_open")
    (i32.store8 (i32.const 6100) (i32.eqz (global.get $closed)))
    (call $append (i32.const 6020) (i32.const 7)) (call $append (i32.const 6100) (i32.const 1)) (call $reply)))
