;; i8x32_128x1: int8 weights with a scale per 32, one token.
;; 0.6968 instructions per multiply-add: 1427 for 1386 operators, 2048 multiply-adds a turn.
;; Written by canister/scripts/golden-kernels.mjs.
(func (param i32 i32 i32 i32 i32)
  (local v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
  local.get 1
  v128.load32_splat
  local.set 5
  local.get 1
  v128.load32_splat offset=4
  local.set 6
  local.get 1
  v128.load32_splat offset=8
  local.set 7
  local.get 1
  v128.load32_splat offset=12
  local.set 8
  local.get 1
  v128.load32_splat offset=16
  local.set 9
  local.get 1
  v128.load32_splat offset=20
  local.set 10
  local.get 1
  v128.load32_splat offset=24
  local.set 11
  local.get 1
  v128.load32_splat offset=28
  local.set 12
  local.get 1
  v128.load32_splat offset=32
  local.set 13
  local.get 1
  v128.load32_splat offset=36
  local.set 14
  local.get 1
  v128.load32_splat offset=40
  local.set 15
  local.get 1
  v128.load32_splat offset=44
  local.set 16
  local.get 1
  v128.load32_splat offset=48
  local.set 17
  local.get 1
  v128.load32_splat offset=52
  local.set 18
  local.get 1
  v128.load32_splat offset=56
  local.set 19
  local.get 1
  v128.load32_splat offset=60
  local.set 20
  local.get 1
  v128.load32_splat offset=64
  local.set 21
  local.get 1
  v128.load32_splat offset=68
  local.set 22
  local.get 1
  v128.load32_splat offset=72
  local.set 23
  local.get 1
  v128.load32_splat offset=76
  local.set 24
  local.get 1
  v128.load32_splat offset=80
  local.set 25
  local.get 1
  v128.load32_splat offset=84
  local.set 26
  local.get 1
  v128.load32_splat offset=88
  local.set 27
  local.get 1
  v128.load32_splat offset=92
  local.set 28
  local.get 1
  v128.load32_splat offset=96
  local.set 29
  local.get 1
  v128.load32_splat offset=100
  local.set 30
  local.get 1
  v128.load32_splat offset=104
  local.set 31
  local.get 1
  v128.load32_splat offset=108
  local.set 32
  local.get 1
  v128.load32_splat offset=112
  local.set 33
  local.get 1
  v128.load32_splat offset=116
  local.set 34
  local.get 1
  v128.load32_splat offset=120
  local.set 35
  local.get 1
  v128.load32_splat offset=124
  local.set 36
  local.get 1
  v128.load32_splat offset=128
  local.set 37
  local.get 1
  v128.load32_splat offset=132
  local.set 38
  local.get 1
  v128.load32_splat offset=136
  local.set 39
  local.get 1
  v128.load32_splat offset=140
  local.set 40
  local.get 1
  v128.load32_splat offset=144
  local.set 41
  local.get 1
  v128.load32_splat offset=148
  local.set 42
  local.get 1
  v128.load32_splat offset=152
  local.set 43
  local.get 1
  v128.load32_splat offset=156
  local.set 44
  local.get 1
  v128.load32_splat offset=160
  local.set 45
  local.get 1
  v128.load32_splat offset=164
  local.set 46
  local.get 1
  v128.load32_splat offset=168
  local.set 47
  local.get 1
  v128.load32_splat offset=172
  local.set 48
  local.get 1
  v128.load32_splat offset=176
  local.set 49
  local.get 1
  v128.load32_splat offset=180
  local.set 50
  local.get 1
  v128.load32_splat offset=184
  local.set 51
  local.get 1
  v128.load32_splat offset=188
  local.set 52
  local.get 1
  v128.load32_splat offset=192
  local.set 53
  local.get 1
  v128.load32_splat offset=196
  local.set 54
  local.get 1
  v128.load32_splat offset=200
  local.set 55
  local.get 1
  v128.load32_splat offset=204
  local.set 56
  local.get 1
  v128.load32_splat offset=208
  local.set 57
  local.get 1
  v128.load32_splat offset=212
  local.set 58
  local.get 1
  v128.load32_splat offset=216
  local.set 59
  local.get 1
  v128.load32_splat offset=220
  local.set 60
  local.get 1
  v128.load32_splat offset=224
  local.set 61
  local.get 1
  v128.load32_splat offset=228
  local.set 62
  local.get 1
  v128.load32_splat offset=232
  local.set 63
  local.get 1
  v128.load32_splat offset=236
  local.set 64
  local.get 1
  v128.load32_splat offset=240
  local.set 65
  local.get 1
  v128.load32_splat offset=244
  local.set 66
  local.get 1
  v128.load32_splat offset=248
  local.set 67
  local.get 1
  v128.load32_splat offset=252
  local.set 68
  local.get 2
  v128.load32_splat
  local.set 69
  local.get 2
  v128.load32_splat offset=4
  local.set 70
  local.get 4
  local.get 4
  local.get 3
  i32.sub
  i32.const 63
  i32.and
  i32.sub
  local.tee 1
  local.get 3
  i32.gt_u
  if  ;; label = @1
    local.get 0
    i32.const 2304
    i32.sub
    local.set 0
    local.get 3
    i32.const -64
    i32.add
    local.set 3
    local.get 1
    i32.const -64
    i32.add
    local.set 1
    loop  ;; label = @2
      local.get 3
      i32.const -64
      i32.sub
      local.tee 3
      local.get 3
      v128.load
      local.get 0
      i32.const 2304
      i32.add
      local.tee 0
      v128.load8x8_s offset=16 align=1
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=24 align=1
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=32 align=1
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=40 align=1
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=48 align=1
      local.get 9
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=56 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=64 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=72 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=80 align=1
      local.get 13
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=88 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=96 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=104 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=112 align=1
      local.get 17
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=120 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=128 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=136 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load
      f32x4.mul
      local.get 0
      v128.load8x8_s offset=160 align=1
      local.get 21
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=168 align=1
      local.get 22
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=176 align=1
      local.get 23
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=184 align=1
      local.get 24
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=192 align=1
      local.get 25
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=200 align=1
      local.get 26
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=208 align=1
      local.get 27
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=216 align=1
      local.get 28
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=224 align=1
      local.get 29
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=232 align=1
      local.get 30
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=240 align=1
      local.get 31
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=248 align=1
      local.get 32
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=256 align=1
      local.get 33
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=264 align=1
      local.get 34
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=272 align=1
      local.get 35
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=280 align=1
      local.get 36
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=144
      f32x4.mul
      f32x4.add
      local.get 69
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=304 align=1
      local.get 37
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=312 align=1
      local.get 38
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=320 align=1
      local.get 39
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=328 align=1
      local.get 40
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=336 align=1
      local.get 41
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=344 align=1
      local.get 42
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=352 align=1
      local.get 43
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=360 align=1
      local.get 44
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=368 align=1
      local.get 45
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=376 align=1
      local.get 46
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=384 align=1
      local.get 47
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=392 align=1
      local.get 48
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=400 align=1
      local.get 49
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=408 align=1
      local.get 50
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=416 align=1
      local.get 51
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=424 align=1
      local.get 52
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=288
      f32x4.mul
      local.get 0
      v128.load8x8_s offset=448 align=1
      local.get 53
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=456 align=1
      local.get 54
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=464 align=1
      local.get 55
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=472 align=1
      local.get 56
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=480 align=1
      local.get 57
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=488 align=1
      local.get 58
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=496 align=1
      local.get 59
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=504 align=1
      local.get 60
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=512 align=1
      local.get 61
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=520 align=1
      local.get 62
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=528 align=1
      local.get 63
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=536 align=1
      local.get 64
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=544 align=1
      local.get 65
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=552 align=1
      local.get 66
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=560 align=1
      local.get 67
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=568 align=1
      local.get 68
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=432
      f32x4.mul
      f32x4.add
      local.get 70
      f32x4.mul
      f32x4.add
      v128.store
      local.get 3
      local.get 3
      v128.load offset=16
      local.get 0
      v128.load8x8_s offset=592 align=1
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=600 align=1
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=608 align=1
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=616 align=1
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=624 align=1
      local.get 9
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=632 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=640 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=648 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=656 align=1
      local.get 13
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=664 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=672 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=680 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=688 align=1
      local.get 17
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=696 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=704 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=712 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=576
      f32x4.mul
      local.get 0
      v128.load8x8_s offset=736 align=1
      local.get 21
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=744 align=1
      local.get 22
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=752 align=1
      local.get 23
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=760 align=1
      local.get 24
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=768 align=1
      local.get 25
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=776 align=1
      local.get 26
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=784 align=1
      local.get 27
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=792 align=1
      local.get 28
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=800 align=1
      local.get 29
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=808 align=1
      local.get 30
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=816 align=1
      local.get 31
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=824 align=1
      local.get 32
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=832 align=1
      local.get 33
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=840 align=1
      local.get 34
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=848 align=1
      local.get 35
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=856 align=1
      local.get 36
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=720
      f32x4.mul
      f32x4.add
      local.get 69
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=880 align=1
      local.get 37
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=888 align=1
      local.get 38
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=896 align=1
      local.get 39
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=904 align=1
      local.get 40
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=912 align=1
      local.get 41
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=920 align=1
      local.get 42
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=928 align=1
      local.get 43
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=936 align=1
      local.get 44
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=944 align=1
      local.get 45
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=952 align=1
      local.get 46
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=960 align=1
      local.get 47
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=968 align=1
      local.get 48
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=976 align=1
      local.get 49
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=984 align=1
      local.get 50
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=992 align=1
      local.get 51
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1000 align=1
      local.get 52
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=864
      f32x4.mul
      local.get 0
      v128.load8x8_s offset=1024 align=1
      local.get 53
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1032 align=1
      local.get 54
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1040 align=1
      local.get 55
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1048 align=1
      local.get 56
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1056 align=1
      local.get 57
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1064 align=1
      local.get 58
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1072 align=1
      local.get 59
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1080 align=1
      local.get 60
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1088 align=1
      local.get 61
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1096 align=1
      local.get 62
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1104 align=1
      local.get 63
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1112 align=1
      local.get 64
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1120 align=1
      local.get 65
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1128 align=1
      local.get 66
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1136 align=1
      local.get 67
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1144 align=1
      local.get 68
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1008
      f32x4.mul
      f32x4.add
      local.get 70
      f32x4.mul
      f32x4.add
      v128.store offset=16
      local.get 3
      local.get 3
      v128.load offset=32
      local.get 0
      v128.load8x8_s offset=1168 align=1
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1176 align=1
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1184 align=1
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1192 align=1
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1200 align=1
      local.get 9
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1208 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1216 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1224 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1232 align=1
      local.get 13
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1240 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1248 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1256 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1264 align=1
      local.get 17
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1272 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1280 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1288 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1152
      f32x4.mul
      local.get 0
      v128.load8x8_s offset=1312 align=1
      local.get 21
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1320 align=1
      local.get 22
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1328 align=1
      local.get 23
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1336 align=1
      local.get 24
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1344 align=1
      local.get 25
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1352 align=1
      local.get 26
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1360 align=1
      local.get 27
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1368 align=1
      local.get 28
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1376 align=1
      local.get 29
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1384 align=1
      local.get 30
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1392 align=1
      local.get 31
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1400 align=1
      local.get 32
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1408 align=1
      local.get 33
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1416 align=1
      local.get 34
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1424 align=1
      local.get 35
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1432 align=1
      local.get 36
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1296
      f32x4.mul
      f32x4.add
      local.get 69
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=1456 align=1
      local.get 37
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1464 align=1
      local.get 38
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1472 align=1
      local.get 39
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1480 align=1
      local.get 40
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1488 align=1
      local.get 41
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1496 align=1
      local.get 42
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1504 align=1
      local.get 43
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1512 align=1
      local.get 44
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1520 align=1
      local.get 45
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1528 align=1
      local.get 46
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1536 align=1
      local.get 47
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1544 align=1
      local.get 48
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1552 align=1
      local.get 49
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1560 align=1
      local.get 50
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1568 align=1
      local.get 51
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1576 align=1
      local.get 52
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1440
      f32x4.mul
      local.get 0
      v128.load8x8_s offset=1600 align=1
      local.get 53
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1608 align=1
      local.get 54
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1616 align=1
      local.get 55
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1624 align=1
      local.get 56
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1632 align=1
      local.get 57
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1640 align=1
      local.get 58
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1648 align=1
      local.get 59
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1656 align=1
      local.get 60
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1664 align=1
      local.get 61
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1672 align=1
      local.get 62
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1680 align=1
      local.get 63
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1688 align=1
      local.get 64
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1696 align=1
      local.get 65
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1704 align=1
      local.get 66
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1712 align=1
      local.get 67
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1720 align=1
      local.get 68
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1584
      f32x4.mul
      f32x4.add
      local.get 70
      f32x4.mul
      f32x4.add
      v128.store offset=32
      local.get 3
      local.get 3
      v128.load offset=48
      local.get 0
      v128.load8x8_s offset=1744 align=1
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1752 align=1
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1760 align=1
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1768 align=1
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1776 align=1
      local.get 9
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1784 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1792 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1800 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1808 align=1
      local.get 13
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1816 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1824 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1832 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1840 align=1
      local.get 17
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1848 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1856 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1864 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1728
      f32x4.mul
      local.get 0
      v128.load8x8_s offset=1888 align=1
      local.get 21
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1896 align=1
      local.get 22
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1904 align=1
      local.get 23
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1912 align=1
      local.get 24
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1920 align=1
      local.get 25
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1928 align=1
      local.get 26
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1936 align=1
      local.get 27
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1944 align=1
      local.get 28
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1952 align=1
      local.get 29
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1960 align=1
      local.get 30
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1968 align=1
      local.get 31
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1976 align=1
      local.get 32
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1984 align=1
      local.get 33
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1992 align=1
      local.get 34
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2000 align=1
      local.get 35
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2008 align=1
      local.get 36
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1872
      f32x4.mul
      f32x4.add
      local.get 69
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=2032 align=1
      local.get 37
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2040 align=1
      local.get 38
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2048 align=1
      local.get 39
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2056 align=1
      local.get 40
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2064 align=1
      local.get 41
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2072 align=1
      local.get 42
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2080 align=1
      local.get 43
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2088 align=1
      local.get 44
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2096 align=1
      local.get 45
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2104 align=1
      local.get 46
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2112 align=1
      local.get 47
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2120 align=1
      local.get 48
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2128 align=1
      local.get 49
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2136 align=1
      local.get 50
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2144 align=1
      local.get 51
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2152 align=1
      local.get 52
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2016
      f32x4.mul
      local.get 0
      v128.load8x8_s offset=2176 align=1
      local.get 53
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2184 align=1
      local.get 54
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2192 align=1
      local.get 55
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2200 align=1
      local.get 56
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2208 align=1
      local.get 57
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2216 align=1
      local.get 58
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2224 align=1
      local.get 59
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2232 align=1
      local.get 60
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2240 align=1
      local.get 61
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2248 align=1
      local.get 62
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2256 align=1
      local.get 63
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2264 align=1
      local.get 64
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2272 align=1
      local.get 65
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2280 align=1
      local.get 66
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2288 align=1
      local.get 67
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2296 align=1
      local.get 68
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2160
      f32x4.mul
      f32x4.add
      local.get 70
      f32x4.mul
      f32x4.add
      v128.store offset=48
      local.get 1
      local.get 3
      i32.gt_u
      br_if 0 (;@2;)
    end
    local.get 3
    i32.const -64
    i32.sub
    local.set 3
    local.get 0
    i32.const 2304
    i32.add
    local.set 0
  end
  local.get 3
  local.get 4
  i32.lt_u
  if  ;; label = @1
    local.get 0
    i32.const 576
    i32.sub
    local.set 0
    local.get 3
    i32.const 16
    i32.sub
    local.set 3
    local.get 4
    i32.const 16
    i32.sub
    local.set 1
    loop  ;; label = @2
      local.get 3
      i32.const 16
      i32.add
      local.tee 3
      local.get 3
      v128.load
      local.get 0
      i32.const 576
      i32.add
      local.tee 0
      v128.load8x8_s offset=16 align=1
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=24 align=1
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=32 align=1
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=40 align=1
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=48 align=1
      local.get 9
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=56 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=64 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=72 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=80 align=1
      local.get 13
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=88 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=96 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=104 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=112 align=1
      local.get 17
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=120 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=128 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=136 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load
      f32x4.mul
      local.get 0
      v128.load8x8_s offset=160 align=1
      local.get 21
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=168 align=1
      local.get 22
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=176 align=1
      local.get 23
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=184 align=1
      local.get 24
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=192 align=1
      local.get 25
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=200 align=1
      local.get 26
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=208 align=1
      local.get 27
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=216 align=1
      local.get 28
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=224 align=1
      local.get 29
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=232 align=1
      local.get 30
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=240 align=1
      local.get 31
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=248 align=1
      local.get 32
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=256 align=1
      local.get 33
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=264 align=1
      local.get 34
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=272 align=1
      local.get 35
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=280 align=1
      local.get 36
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=144
      f32x4.mul
      f32x4.add
      local.get 69
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=304 align=1
      local.get 37
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=312 align=1
      local.get 38
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=320 align=1
      local.get 39
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=328 align=1
      local.get 40
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=336 align=1
      local.get 41
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=344 align=1
      local.get 42
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=352 align=1
      local.get 43
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=360 align=1
      local.get 44
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=368 align=1
      local.get 45
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=376 align=1
      local.get 46
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=384 align=1
      local.get 47
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=392 align=1
      local.get 48
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=400 align=1
      local.get 49
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=408 align=1
      local.get 50
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=416 align=1
      local.get 51
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=424 align=1
      local.get 52
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=288
      f32x4.mul
      local.get 0
      v128.load8x8_s offset=448 align=1
      local.get 53
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=456 align=1
      local.get 54
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=464 align=1
      local.get 55
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=472 align=1
      local.get 56
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=480 align=1
      local.get 57
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=488 align=1
      local.get 58
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=496 align=1
      local.get 59
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=504 align=1
      local.get 60
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=512 align=1
      local.get 61
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=520 align=1
      local.get 62
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=528 align=1
      local.get 63
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=536 align=1
      local.get 64
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=544 align=1
      local.get 65
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=552 align=1
      local.get 66
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=560 align=1
      local.get 67
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=568 align=1
      local.get 68
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=432
      f32x4.mul
      f32x4.add
      local.get 70
      f32x4.mul
      f32x4.add
      v128.store
      local.get 1
      local.get 3
      i32.gt_u
      br_if 0 (;@2;)
    end
  end)
