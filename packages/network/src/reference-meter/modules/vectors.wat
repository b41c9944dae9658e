;; The shapes that matrix kernels have: int8 weights by int16 activations, float rows, shuffles and reductions.
(module
  (memory 20)
  (func (export "canister_update prepare") (local $i i32)
    (loop
      (i32.store8 offset=65536 (local.get $i) (i32.sub (i32.rem_u (i32.mul (local.get $i) (i32.const 31)) (i32.const 255)) (i32.const 127)))
      (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 40000)))))
  (func (export "canister_update matrix") (local $row i32) (local $w i32) (local $k i32) (local $acc v128)
    (local.set $w (i32.const 65536))
    (loop $rows
      (local.set $acc (v128.const i64x2 0 0))
      (local.set $k (i32.const 0))
      (loop $inner
        (local.set $acc (i32x4.add (local.get $acc) (i32x4.dot_i16x8_s
          (v128.load8x8_s (local.get $w)) (v128.load32_splat offset=1024 (local.get $k)))))
        (local.set $acc (i32x4.add (local.get $acc) (i32x4.dot_i16x8_s
          (v128.load8x8_s offset=8 (local.get $w)) (v128.load32_splat offset=1028 (local.get $k)))))
        (local.set $w (i32.add (local.get $w) (i32.const 16)))
        (br_if $inner (i32.lt_u (local.tee $k (i32.add (local.get $k) (i32.const 8))) (i32.const 256))))
      (v128.store offset=8192 (local.get $row) (f32x4.add (v128.load offset=8192 (local.get $row))
        (f32x4.mul (f32x4.convert_i32x4_s (local.get $acc)) (f32x4.splat (f32.const 0.01)))))
      (br_if $rows (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 16))) (i32.const 1024)))))
  (func (export "canister_update softmax") (local $i i32) (local $max v128) (local $sum v128)
    (local.set $max (f32x4.splat (f32.const -inf)))
    (loop $a
      (local.set $max (f32x4.pmax (local.get $max) (v128.load offset=8192 (local.get $i))))
      (br_if $a (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (i32.const 1024))))
    (local.set $max (f32x4.max (local.get $max) (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $max) (local.get $max))))
    (local.set $max (f32x4.splat (f32.max (f32x4.extract_lane 0 (local.get $max)) (f32x4.extract_lane 1 (local.get $max)))))
    (local.set $i (i32.const 0))
    (loop $b
      (local.set $sum (f32x4.add (local.get $sum) (f32x4.div (f32x4.splat (f32.const 1))
        (f32x4.add (f32x4.splat (f32.const 1)) (f32x4.abs (f32x4.sub (v128.load offset=8192 (local.get $i)) (local.get $max)))))))
      (br_if $b (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (i32.const 1024))))
    (v128.store (i32.const 0) (local.get $sum)))
  (func (export "canister_update bytes") (local $i i32) (local $a v128)
    (loop
      (local.set $a (i8x16.add_sat_s (i8x16.swizzle (v128.load offset=65536 (local.get $i)) (i8x16.abs (local.get $a)))
        (i8x16.narrow_i16x8_s (i16x8.shl (i16x8.extend_low_i8x16_s (local.get $a)) (i32.const 1)) (i16x8.q15mulr_sat_s (local.get $a) (v128.load offset=65552 (local.get $i))))))
      (v128.store64_lane offset=131064 1 (local.get $i) (v128.bitselect (local.get $a) (v128.load8_lane offset=3 2 (local.get $i) (local.get $a)) (i8x16.popcnt (local.get $a))))
      (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 32))) (i32.const 8192))))))
