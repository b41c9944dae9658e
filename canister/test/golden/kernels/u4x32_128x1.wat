;; u4x32_128x1: packed weights, one token.
;; 0.9253 instructions per multiply-add: 1895 for 1786 operators, 2048 multiply-adds a turn.
;; Written by canister/scripts/golden-kernels.mjs.
(func (param i32 i32 i32 i32 i32)
  (local v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
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
  local.tee 37
  v128.const i32x4 0xf800f800 0xf800f800 0xf800f800 0xf800f800
  i32x4.dot_i16x8_s
  local.get 1
  v128.load32_splat offset=132
  local.tee 38
  v128.const i32x4 0xf800f800 0xf800f800 0xf800f800 0xf800f800
  i32x4.dot_i16x8_s
  i32x4.add
  local.get 1
  v128.load32_splat offset=136
  local.tee 39
  v128.const i32x4 0xf800f800 0xf800f800 0xf800f800 0xf800f800
  i32x4.dot_i16x8_s
  i32x4.add
  local.get 1
  v128.load32_splat offset=140
  local.tee 40
  v128.const i32x4 0xf800f800 0xf800f800 0xf800f800 0xf800f800
  i32x4.dot_i16x8_s
  i32x4.add
  local.get 1
  v128.load32_splat offset=144
  local.tee 41
  v128.const i32x4 0xf800f800 0xf800f800 0xf800f800 0xf800f800
  i32x4.dot_i16x8_s
  i32x4.add
  local.get 1
  v128.load32_splat offset=148
  local.tee 42
  v128.const i32x4 0xf800f800 0xf800f800 0xf800f800 0xf800f800
  i32x4.dot_i16x8_s
  i32x4.add
  local.get 1
  v128.load32_splat offset=152
  local.tee 43
  v128.const i32x4 0xf800f800 0xf800f800 0xf800f800 0xf800f800
  i32x4.dot_i16x8_s
  i32x4.add
  local.get 1
  v128.load32_splat offset=156
  local.tee 44
  v128.const i32x4 0xf800f800 0xf800f800 0xf800f800 0xf800f800
  i32x4.dot_i16x8_s
  i32x4.add
  local.get 1
  v128.load32_splat offset=160
  local.tee 45
  v128.const i32x4 0xf800f800 0xf800f800 0xf800f800 0xf800f800
  i32x4.dot_i16x8_s
  i32x4.add
  local.get 1
  v128.load32_splat offset=164
  local.tee 46
  v128.const i32x4 0xf800f800 0xf800f800 0xf800f800 0xf800f800
  i32x4.dot_i16x8_s
  i32x4.add
  local.get 1
  v128.load32_splat offset=168
  local.tee 47
  v128.const i32x4 0xf800f800 0xf800f800 0xf800f800 0xf800f800
  i32x4.dot_i16x8_s
  i32x4.add
  local.get 1
  v128.load32_splat offset=172
  local.tee 48
  v128.const i32x4 0xf800f800 0xf800f800 0xf800f800 0xf800f800
  i32x4.dot_i16x8_s
  i32x4.add
  local.get 1
  v128.load32_splat offset=176
  local.tee 49
  v128.const i32x4 0xf800f800 0xf800f800 0xf800f800 0xf800f800
  i32x4.dot_i16x8_s
  i32x4.add
  local.get 1
  v128.load32_splat offset=180
  local.tee 50
  v128.const i32x4 0xf800f800 0xf800f800 0xf800f800 0xf800f800
  i32x4.dot_i16x8_s
  i32x4.add
  local.get 1
  v128.load32_splat offset=184
  local.tee 51
  v128.const i32x4 0xf800f800 0xf800f800 0xf800f800 0xf800f800
  i32x4.dot_i16x8_s
  i32x4.add
  local.get 1
  v128.load32_splat offset=188
  local.tee 52
  v128.const i32x4 0xf800f800 0xf800f800 0xf800f800 0xf800f800
  i32x4.dot_i16x8_s
  i32x4.add
  local.tee 53
  f32x4.convert_i32x4_s
  local.set 54
  local.get 1
  v128.load32_splat offset=192
  local.set 55
  local.get 1
  v128.load32_splat offset=196
  local.set 56
  local.get 1
  v128.load32_splat offset=200
  local.set 57
  local.get 1
  v128.load32_splat offset=204
  local.set 58
  local.get 1
  v128.load32_splat offset=208
  local.set 59
  local.get 1
  v128.load32_splat offset=212
  local.set 60
  local.get 1
  v128.load32_splat offset=216
  local.set 61
  local.get 1
  v128.load32_splat offset=220
  local.set 62
  local.get 1
  v128.load32_splat offset=224
  local.set 63
  local.get 1
  v128.load32_splat offset=228
  local.set 64
  local.get 1
  v128.load32_splat offset=232
  local.set 65
  local.get 1
  v128.load32_splat offset=236
  local.set 66
  local.get 1
  v128.load32_splat offset=240
  local.set 67
  local.get 1
  v128.load32_splat offset=244
  local.set 68
  local.get 1
  v128.load32_splat offset=248
  local.set 69
  local.get 1
  v128.load32_splat offset=252
  local.set 70
  local.get 2
  v128.load32_splat
  local.set 71
  local.get 2
  v128.load32_splat offset=4
  local.set 72
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
      v128.load offset=64
      local.tee 73
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load offset=80
      local.tee 74
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=96
      local.tee 75
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=112
      local.tee 76
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=128
      local.tee 77
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 9
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=144
      local.tee 78
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=160
      local.tee 79
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=176
      local.tee 80
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=192
      local.tee 81
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 13
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=208
      local.tee 82
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=224
      local.tee 83
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=240
      local.tee 84
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=256
      local.tee 85
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 17
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=272
      local.tee 86
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=288
      local.tee 87
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=304
      local.tee 88
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load
      f32x4.mul
      local.get 73
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 21
      i32x4.dot_i16x8_s
      local.get 74
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 22
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 75
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 23
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 76
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 24
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 77
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 25
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 78
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 26
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 79
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 27
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 80
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 28
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 81
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 29
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 82
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 30
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 83
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 31
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 84
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 32
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 85
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 33
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 86
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 34
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 87
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 35
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 88
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 36
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=16
      f32x4.mul
      f32x4.add
      local.get 71
      f32x4.mul
      f32x4.add
      local.get 73
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 37
      i32x4.dot_i16x8_s
      local.get 74
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 38
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 75
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 39
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 76
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 40
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 77
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 41
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 78
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 42
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 79
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 43
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 80
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 44
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 81
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 45
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 82
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 46
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 83
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 47
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 84
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 48
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 85
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 49
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 86
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 50
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 87
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 51
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 88
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 52
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 53
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 54
      f32x4.sub
      local.get 0
      v128.load offset=32
      f32x4.mul
      local.get 73
      i32.const 12
      i16x8.shr_u
      local.get 55
      i32x4.dot_i16x8_s
      local.get 74
      i32.const 12
      i16x8.shr_u
      local.get 56
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 75
      i32.const 12
      i16x8.shr_u
      local.get 57
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 76
      i32.const 12
      i16x8.shr_u
      local.get 58
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 77
      i32.const 12
      i16x8.shr_u
      local.get 59
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 78
      i32.const 12
      i16x8.shr_u
      local.get 60
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 79
      i32.const 12
      i16x8.shr_u
      local.get 61
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 80
      i32.const 12
      i16x8.shr_u
      local.get 62
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 81
      i32.const 12
      i16x8.shr_u
      local.get 63
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 82
      i32.const 12
      i16x8.shr_u
      local.get 64
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 83
      i32.const 12
      i16x8.shr_u
      local.get 65
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 84
      i32.const 12
      i16x8.shr_u
      local.get 66
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 85
      i32.const 12
      i16x8.shr_u
      local.get 67
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 86
      i32.const 12
      i16x8.shr_u
      local.get 68
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 87
      i32.const 12
      i16x8.shr_u
      local.get 69
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 88
      i32.const 12
      i16x8.shr_u
      local.get 70
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=48
      f32x4.mul
      f32x4.add
      local.get 72
      f32x4.mul
      f32x4.add
      v128.store
      local.get 3
      local.get 3
      v128.load offset=16
      local.get 0
      v128.load offset=384
      local.tee 73
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load offset=400
      local.tee 74
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=416
      local.tee 75
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=432
      local.tee 76
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=448
      local.tee 77
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 9
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=464
      local.tee 78
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=480
      local.tee 79
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=496
      local.tee 80
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=512
      local.tee 81
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 13
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=528
      local.tee 82
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=544
      local.tee 83
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=560
      local.tee 84
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=576
      local.tee 85
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 17
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=592
      local.tee 86
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=608
      local.tee 87
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=624
      local.tee 88
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=320
      f32x4.mul
      local.get 73
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 21
      i32x4.dot_i16x8_s
      local.get 74
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 22
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 75
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 23
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 76
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 24
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 77
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 25
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 78
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 26
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 79
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 27
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 80
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 28
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 81
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 29
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 82
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 30
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 83
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 31
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 84
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 32
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 85
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 33
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 86
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 34
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 87
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 35
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 88
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 36
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=336
      f32x4.mul
      f32x4.add
      local.get 71
      f32x4.mul
      f32x4.add
      local.get 73
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 37
      i32x4.dot_i16x8_s
      local.get 74
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 38
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 75
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 39
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 76
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 40
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 77
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 41
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 78
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 42
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 79
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 43
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 80
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 44
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 81
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 45
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 82
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 46
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 83
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 47
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 84
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 48
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 85
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 49
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 86
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 50
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 87
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 51
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 88
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 52
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 53
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 54
      f32x4.sub
      local.get 0
      v128.load offset=352
      f32x4.mul
      local.get 73
      i32.const 12
      i16x8.shr_u
      local.get 55
      i32x4.dot_i16x8_s
      local.get 74
      i32.const 12
      i16x8.shr_u
      local.get 56
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 75
      i32.const 12
      i16x8.shr_u
      local.get 57
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 76
      i32.const 12
      i16x8.shr_u
      local.get 58
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 77
      i32.const 12
      i16x8.shr_u
      local.get 59
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 78
      i32.const 12
      i16x8.shr_u
      local.get 60
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 79
      i32.const 12
      i16x8.shr_u
      local.get 61
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 80
      i32.const 12
      i16x8.shr_u
      local.get 62
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 81
      i32.const 12
      i16x8.shr_u
      local.get 63
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 82
      i32.const 12
      i16x8.shr_u
      local.get 64
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 83
      i32.const 12
      i16x8.shr_u
      local.get 65
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 84
      i32.const 12
      i16x8.shr_u
      local.get 66
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 85
      i32.const 12
      i16x8.shr_u
      local.get 67
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 86
      i32.const 12
      i16x8.shr_u
      local.get 68
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 87
      i32.const 12
      i16x8.shr_u
      local.get 69
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 88
      i32.const 12
      i16x8.shr_u
      local.get 70
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=368
      f32x4.mul
      f32x4.add
      local.get 72
      f32x4.mul
      f32x4.add
      v128.store offset=16
      local.get 3
      local.get 3
      v128.load offset=32
      local.get 0
      v128.load offset=704
      local.tee 73
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load offset=720
      local.tee 74
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=736
      local.tee 75
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=752
      local.tee 76
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=768
      local.tee 77
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 9
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=784
      local.tee 78
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=800
      local.tee 79
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=816
      local.tee 80
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=832
      local.tee 81
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 13
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=848
      local.tee 82
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=864
      local.tee 83
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=880
      local.tee 84
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=896
      local.tee 85
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 17
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=912
      local.tee 86
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=928
      local.tee 87
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=944
      local.tee 88
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=640
      f32x4.mul
      local.get 73
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 21
      i32x4.dot_i16x8_s
      local.get 74
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 22
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 75
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 23
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 76
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 24
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 77
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 25
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 78
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 26
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 79
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 27
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 80
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 28
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 81
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 29
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 82
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 30
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 83
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 31
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 84
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 32
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 85
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 33
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 86
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 34
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 87
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 35
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 88
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 36
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=656
      f32x4.mul
      f32x4.add
      local.get 71
      f32x4.mul
      f32x4.add
      local.get 73
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 37
      i32x4.dot_i16x8_s
      local.get 74
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 38
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 75
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 39
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 76
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 40
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 77
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 41
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 78
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 42
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 79
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 43
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 80
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 44
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 81
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 45
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 82
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 46
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 83
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 47
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 84
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 48
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 85
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 49
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 86
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 50
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 87
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 51
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 88
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 52
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 53
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 54
      f32x4.sub
      local.get 0
      v128.load offset=672
      f32x4.mul
      local.get 73
      i32.const 12
      i16x8.shr_u
      local.get 55
      i32x4.dot_i16x8_s
      local.get 74
      i32.const 12
      i16x8.shr_u
      local.get 56
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 75
      i32.const 12
      i16x8.shr_u
      local.get 57
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 76
      i32.const 12
      i16x8.shr_u
      local.get 58
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 77
      i32.const 12
      i16x8.shr_u
      local.get 59
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 78
      i32.const 12
      i16x8.shr_u
      local.get 60
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 79
      i32.const 12
      i16x8.shr_u
      local.get 61
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 80
      i32.const 12
      i16x8.shr_u
      local.get 62
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 81
      i32.const 12
      i16x8.shr_u
      local.get 63
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 82
      i32.const 12
      i16x8.shr_u
      local.get 64
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 83
      i32.const 12
      i16x8.shr_u
      local.get 65
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 84
      i32.const 12
      i16x8.shr_u
      local.get 66
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 85
      i32.const 12
      i16x8.shr_u
      local.get 67
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 86
      i32.const 12
      i16x8.shr_u
      local.get 68
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 87
      i32.const 12
      i16x8.shr_u
      local.get 69
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 88
      i32.const 12
      i16x8.shr_u
      local.get 70
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=688
      f32x4.mul
      f32x4.add
      local.get 72
      f32x4.mul
      f32x4.add
      v128.store offset=32
      local.get 3
      local.get 3
      v128.load offset=48
      local.get 0
      v128.load offset=1024
      local.tee 73
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load offset=1040
      local.tee 74
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=1056
      local.tee 75
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=1072
      local.tee 76
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=1088
      local.tee 77
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 9
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=1104
      local.tee 78
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=1120
      local.tee 79
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=1136
      local.tee 80
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=1152
      local.tee 81
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 13
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=1168
      local.tee 82
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=1184
      local.tee 83
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=1200
      local.tee 84
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=1216
      local.tee 85
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 17
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=1232
      local.tee 86
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=1248
      local.tee 87
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=1264
      local.tee 88
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=960
      f32x4.mul
      local.get 73
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 21
      i32x4.dot_i16x8_s
      local.get 74
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 22
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 75
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 23
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 76
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 24
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 77
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 25
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 78
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 26
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 79
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 27
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 80
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 28
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 81
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 29
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 82
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 30
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 83
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 31
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 84
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 32
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 85
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 33
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 86
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 34
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 87
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 35
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 88
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 36
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=976
      f32x4.mul
      f32x4.add
      local.get 71
      f32x4.mul
      f32x4.add
      local.get 73
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 37
      i32x4.dot_i16x8_s
      local.get 74
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 38
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 75
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 39
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 76
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 40
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 77
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 41
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 78
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 42
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 79
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 43
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 80
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 44
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 81
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 45
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 82
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 46
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 83
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 47
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 84
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 48
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 85
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 49
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 86
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 50
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 87
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 51
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 88
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 52
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 53
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 54
      f32x4.sub
      local.get 0
      v128.load offset=992
      f32x4.mul
      local.get 73
      i32.const 12
      i16x8.shr_u
      local.get 55
      i32x4.dot_i16x8_s
      local.get 74
      i32.const 12
      i16x8.shr_u
      local.get 56
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 75
      i32.const 12
      i16x8.shr_u
      local.get 57
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 76
      i32.const 12
      i16x8.shr_u
      local.get 58
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 77
      i32.const 12
      i16x8.shr_u
      local.get 59
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 78
      i32.const 12
      i16x8.shr_u
      local.get 60
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 79
      i32.const 12
      i16x8.shr_u
      local.get 61
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 80
      i32.const 12
      i16x8.shr_u
      local.get 62
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 81
      i32.const 12
      i16x8.shr_u
      local.get 63
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 82
      i32.const 12
      i16x8.shr_u
      local.get 64
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 83
      i32.const 12
      i16x8.shr_u
      local.get 65
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 84
      i32.const 12
      i16x8.shr_u
      local.get 66
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 85
      i32.const 12
      i16x8.shr_u
      local.get 67
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 86
      i32.const 12
      i16x8.shr_u
      local.get 68
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 87
      i32.const 12
      i16x8.shr_u
      local.get 69
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 88
      i32.const 12
      i16x8.shr_u
      local.get 70
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1008
      f32x4.mul
      f32x4.add
      local.get 72
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
      v128.load offset=64
      local.tee 73
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load offset=80
      local.tee 74
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=96
      local.tee 75
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=112
      local.tee 76
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=128
      local.tee 77
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 9
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=144
      local.tee 78
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=160
      local.tee 79
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=176
      local.tee 80
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=192
      local.tee 81
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 13
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=208
      local.tee 82
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=224
      local.tee 83
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=240
      local.tee 84
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=256
      local.tee 85
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 17
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=272
      local.tee 86
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=288
      local.tee 87
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load offset=304
      local.tee 88
      v128.const i32x4 0x000f000f 0x000f000f 0x000f000f 0x000f000f
      v128.and
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load
      f32x4.mul
      local.get 73
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 21
      i32x4.dot_i16x8_s
      local.get 74
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 22
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 75
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 23
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 76
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 24
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 77
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 25
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 78
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 26
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 79
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 27
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 80
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 28
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 81
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 29
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 82
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 30
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 83
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 31
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 84
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 32
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 85
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 33
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 86
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 34
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 87
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 35
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 88
      v128.const i32x4 0x00f000f0 0x00f000f0 0x00f000f0 0x00f000f0
      v128.and
      local.get 36
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=16
      f32x4.mul
      f32x4.add
      local.get 71
      f32x4.mul
      f32x4.add
      local.get 73
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 37
      i32x4.dot_i16x8_s
      local.get 74
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 38
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 75
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 39
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 76
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 40
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 77
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 41
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 78
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 42
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 79
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 43
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 80
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 44
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 81
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 45
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 82
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 46
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 83
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 47
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 84
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 48
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 85
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 49
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 86
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 50
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 87
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 51
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 88
      v128.const i32x4 0x0f000f00 0x0f000f00 0x0f000f00 0x0f000f00
      v128.and
      local.get 52
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 53
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 54
      f32x4.sub
      local.get 0
      v128.load offset=32
      f32x4.mul
      local.get 73
      i32.const 12
      i16x8.shr_u
      local.get 55
      i32x4.dot_i16x8_s
      local.get 74
      i32.const 12
      i16x8.shr_u
      local.get 56
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 75
      i32.const 12
      i16x8.shr_u
      local.get 57
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 76
      i32.const 12
      i16x8.shr_u
      local.get 58
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 77
      i32.const 12
      i16x8.shr_u
      local.get 59
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 78
      i32.const 12
      i16x8.shr_u
      local.get 60
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 79
      i32.const 12
      i16x8.shr_u
      local.get 61
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 80
      i32.const 12
      i16x8.shr_u
      local.get 62
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 81
      i32.const 12
      i16x8.shr_u
      local.get 63
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 82
      i32.const 12
      i16x8.shr_u
      local.get 64
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 83
      i32.const 12
      i16x8.shr_u
      local.get 65
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 84
      i32.const 12
      i16x8.shr_u
      local.get 66
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 85
      i32.const 12
      i16x8.shr_u
      local.get 67
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 86
      i32.const 12
      i16x8.shr_u
      local.get 68
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 87
      i32.const 12
      i16x8.shr_u
      local.get 69
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 88
      i32.const 12
      i16x8.shr_u
      local.get 70
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=48
      f32x4.mul
      f32x4.add
      local.get 72
      f32x4.mul
      f32x4.add
      v128.store
      local.get 1
      local.get 3
      i32.gt_u
      br_if 0 (;@2;)
    end
  end)
