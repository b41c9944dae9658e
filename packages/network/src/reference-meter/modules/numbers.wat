;; Recursion, integer and floating-point loops.
(module
  (memory 2)
  (func $fib (param $n i32) (result i32)
    (if (result i32) (i32.lt_u (local.get $n) (i32.const 2))
      (then (local.get $n))
      (else (i32.add (call $fib (i32.sub (local.get $n) (i32.const 1))) (call $fib (i32.sub (local.get $n) (i32.const 2)))))))
  (func (export "canister_update fibonacci") (i32.store (i32.const 0) (call $fib (i32.const 18))))
  (func (export "canister_update sieve") (local $i i32) (local $j i32)
    (local.set $i (i32.const 2))
    (loop $outer
      (if (i32.eqz (i32.load8_u offset=100 (local.get $i)))
        (then
          (local.set $j (i32.mul (local.get $i) (local.get $i)))
          (block $done
            (loop $mark
              (br_if $done (i32.ge_u (local.get $j) (i32.const 20000)))
              (i32.store8 offset=100 (local.get $j) (i32.const 1))
              (local.set $j (i32.add (local.get $j) (local.get $i)))
              (br $mark)))))
      (br_if $outer (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 142)))))
  (func (export "canister_update collatz") (local $n i64) (local $start i64) (local $steps i64)
    (local.set $start (i64.const 27))
    (loop $each
      (local.set $n (local.get $start))
      (loop $step
        (local.set $n (if (result i64) (i64.eqz (i64.rem_u (local.get $n) (i64.const 2)))
          (then (i64.shr_u (local.get $n) (i64.const 1)))
          (else (i64.add (i64.mul (local.get $n) (i64.const 3)) (i64.const 1)))))
        (local.set $steps (i64.add (local.get $steps) (i64.const 1)))
        (br_if $step (i64.ne (local.get $n) (i64.const 1))))
      (br_if $each (i64.lt_u (local.tee $start (i64.add (local.get $start) (i64.const 1))) (i64.const 60))))
    (i64.store (i32.const 8) (local.get $steps)))
  (func (export "canister_update newton") (local $x f64) (local $y f32) (local $i i32)
    (local.set $x (f64.const 3))
    (local.set $y (f32.const 7))
    (loop
      (local.set $x (f64.mul (f64.const 0.5) (f64.add (local.get $x) (f64.div (f64.const 2) (local.get $x)))))
      (local.set $y (f32.min (f32.sqrt (f32.abs (local.get $y))) (f32.convert_i32_u (local.get $i))))
      (br_if 0 (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 500))))
    (f64.store (i32.const 16) (f64.add (local.get $x) (f64.promote_f32 (local.get $y))))))
