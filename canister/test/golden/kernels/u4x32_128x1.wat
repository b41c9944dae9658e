;; u4x32_128x1: packed weights, one token.
;; 0.8218 instructions per multiply-add: 1683 for 1642 operators, 2048 multiply-adds a turn.
;; Written by canister/scripts/golden-kernels.mjs.
(func (param i32 i32 i32 i32 i32)
  (local v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
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
    i32.const 1280
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
      i32.const 1280
      i32.add
      local.tee 0
      v128.load8x8_u offset=16 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 5
      i32x4.dot_i16x8_s
      local.get 71
      local.get 13
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=24 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=32 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=40 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=48 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 9
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 17
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=56 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=64 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=72 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load
      f32x4.mul
      local.get 0
      v128.load8x8_u offset=96 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 21
      i32x4.dot_i16x8_s
      local.get 71
      local.get 29
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=104 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 22
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 30
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=112 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 23
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 31
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=120 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 24
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 32
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=128 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 25
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 33
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=136 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 26
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 34
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=144 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 27
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 35
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=152 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 28
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 36
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=80
      f32x4.mul
      f32x4.add
      local.get 69
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_u offset=176 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 37
      i32x4.dot_i16x8_s
      local.get 71
      local.get 45
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=184 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 38
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 46
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=192 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 39
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 47
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=200 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 40
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 48
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=208 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 41
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 49
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=216 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 42
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 50
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=224 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 43
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 51
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=232 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 44
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 52
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=160
      f32x4.mul
      local.get 0
      v128.load8x8_u offset=256 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 53
      i32x4.dot_i16x8_s
      local.get 71
      local.get 61
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=264 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 54
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 62
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=272 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 55
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 63
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=280 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 56
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 64
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=288 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 57
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 65
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=296 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 58
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 66
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=304 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 59
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 67
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=312 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 60
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 68
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=240
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
      v128.load8x8_u offset=336 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 5
      i32x4.dot_i16x8_s
      local.get 71
      local.get 13
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=344 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=352 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=360 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=368 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 9
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 17
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=376 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=384 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=392 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=320
      f32x4.mul
      local.get 0
      v128.load8x8_u offset=416 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 21
      i32x4.dot_i16x8_s
      local.get 71
      local.get 29
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=424 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 22
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 30
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=432 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 23
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 31
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=440 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 24
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 32
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=448 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 25
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 33
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=456 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 26
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 34
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=464 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 27
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 35
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=472 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 28
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 36
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=400
      f32x4.mul
      f32x4.add
      local.get 69
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_u offset=496 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 37
      i32x4.dot_i16x8_s
      local.get 71
      local.get 45
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=504 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 38
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 46
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=512 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 39
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 47
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=520 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 40
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 48
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=528 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 41
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 49
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=536 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 42
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 50
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=544 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 43
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 51
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=552 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 44
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 52
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=480
      f32x4.mul
      local.get 0
      v128.load8x8_u offset=576 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 53
      i32x4.dot_i16x8_s
      local.get 71
      local.get 61
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=584 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 54
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 62
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=592 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 55
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 63
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=600 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 56
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 64
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=608 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 57
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 65
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=616 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 58
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 66
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=624 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 59
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 67
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=632 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 60
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 68
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=560
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
      v128.load8x8_u offset=656 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 5
      i32x4.dot_i16x8_s
      local.get 71
      local.get 13
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=664 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=672 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=680 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=688 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 9
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 17
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=696 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=704 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=712 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=640
      f32x4.mul
      local.get 0
      v128.load8x8_u offset=736 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 21
      i32x4.dot_i16x8_s
      local.get 71
      local.get 29
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=744 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 22
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 30
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=752 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 23
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 31
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=760 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 24
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 32
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=768 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 25
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 33
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=776 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 26
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 34
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=784 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 27
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 35
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=792 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 28
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
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
      v128.load8x8_u offset=816 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 37
      i32x4.dot_i16x8_s
      local.get 71
      local.get 45
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=824 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 38
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 46
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=832 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 39
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 47
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=840 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 40
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 48
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=848 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 41
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 49
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=856 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 42
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 50
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=864 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 43
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 51
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=872 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 44
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 52
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=800
      f32x4.mul
      local.get 0
      v128.load8x8_u offset=896 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 53
      i32x4.dot_i16x8_s
      local.get 71
      local.get 61
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=904 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 54
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 62
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=912 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 55
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 63
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=920 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 56
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 64
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=928 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 57
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 65
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=936 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 58
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 66
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=944 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 59
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 67
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=952 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 60
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 68
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=880
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
      v128.load8x8_u offset=976 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 5
      i32x4.dot_i16x8_s
      local.get 71
      local.get 13
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=984 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=992 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1000 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1008 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 9
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 17
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1016 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1024 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1032 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=960
      f32x4.mul
      local.get 0
      v128.load8x8_u offset=1056 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 21
      i32x4.dot_i16x8_s
      local.get 71
      local.get 29
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1064 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 22
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 30
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1072 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 23
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 31
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1080 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 24
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 32
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1088 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 25
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 33
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1096 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 26
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 34
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1104 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 27
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 35
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1112 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 28
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 36
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1040
      f32x4.mul
      f32x4.add
      local.get 69
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_u offset=1136 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 37
      i32x4.dot_i16x8_s
      local.get 71
      local.get 45
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1144 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 38
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 46
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1152 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 39
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 47
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1160 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 40
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 48
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1168 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 41
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 49
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1176 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 42
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 50
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1184 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 43
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 51
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1192 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 44
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 52
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1120
      f32x4.mul
      local.get 0
      v128.load8x8_u offset=1216 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 53
      i32x4.dot_i16x8_s
      local.get 71
      local.get 61
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1224 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 54
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 62
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1232 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 55
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 63
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1240 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 56
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 64
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1248 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 57
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 65
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1256 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 58
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 66
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1264 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 59
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 67
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=1272 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 60
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 68
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1200
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
    i32.const 1280
    i32.add
    local.set 0
  end
  local.get 3
  local.get 4
  i32.lt_u
  if  ;; label = @1
    local.get 0
    i32.const 320
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
      i32.const 320
      i32.add
      local.tee 0
      v128.load8x8_u offset=16 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 5
      i32x4.dot_i16x8_s
      local.get 71
      local.get 13
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=24 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=32 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=40 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=48 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 9
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 17
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=56 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=64 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=72 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load
      f32x4.mul
      local.get 0
      v128.load8x8_u offset=96 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 21
      i32x4.dot_i16x8_s
      local.get 71
      local.get 29
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=104 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 22
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 30
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=112 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 23
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 31
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=120 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 24
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 32
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=128 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 25
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 33
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=136 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 26
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 34
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=144 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 27
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 35
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=152 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 28
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 36
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=80
      f32x4.mul
      f32x4.add
      local.get 69
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_u offset=176 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 37
      i32x4.dot_i16x8_s
      local.get 71
      local.get 45
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=184 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 38
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 46
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=192 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 39
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 47
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=200 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 40
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 48
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=208 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 41
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 49
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=216 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 42
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 50
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=224 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 43
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 51
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=232 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 44
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 52
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=160
      f32x4.mul
      local.get 0
      v128.load8x8_u offset=256 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 53
      i32x4.dot_i16x8_s
      local.get 71
      local.get 61
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=264 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 54
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 62
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=272 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 55
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 63
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=280 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 56
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 64
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=288 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 57
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 65
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=296 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 58
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 66
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=304 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 59
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 67
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_u offset=312 align=1
      local.tee 71
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 60
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 71
      local.get 68
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=240
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
