;; i8x8_32x1: int8 minima of blocks (a 32nd or 16th as many as there are weights), one token.
;; 0.9429 instructions per multiply-add: 1931 for 1738 operators, 2048 multiply-adds a turn.
;; Written by canister/scripts/golden-kernels.mjs.
(func (param i32 i32 i32 i32 i32)
  (local v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
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
  local.get 2
  v128.load32_splat
  local.set 21
  local.get 2
  v128.load32_splat offset=4
  local.set 22
  local.get 2
  v128.load32_splat offset=8
  local.set 23
  local.get 2
  v128.load32_splat offset=12
  local.set 24
  local.get 4
  local.get 4
  local.get 3
  i32.sub
  i32.const 255
  i32.and
  i32.sub
  local.tee 1
  local.get 3
  i32.gt_u
  if  ;; label = @1
    local.get 0
    i32.const 3072
    i32.sub
    local.set 0
    local.get 3
    i32.const 256
    i32.sub
    local.set 3
    local.get 1
    i32.const 256
    i32.sub
    local.set 1
    loop  ;; label = @2
      local.get 3
      i32.const 256
      i32.add
      local.tee 3
      local.get 3
      v128.load
      local.get 0
      i32.const 3072
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
      f32x4.convert_i32x4_s
      local.get 0
      v128.load
      f32x4.mul
      local.get 21
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=64 align=1
      local.get 9
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=72 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=80 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=88 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=48
      f32x4.mul
      local.get 22
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=112 align=1
      local.get 13
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=120 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=128 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=136 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=96
      f32x4.mul
      local.get 23
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=160 align=1
      local.get 17
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=168 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=176 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=184 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=144
      f32x4.mul
      local.get 24
      f32x4.mul
      f32x4.add
      v128.store
      local.get 3
      local.get 3
      v128.load offset=16
      local.get 0
      v128.load8x8_s offset=208 align=1
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=216 align=1
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=224 align=1
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=232 align=1
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=192
      f32x4.mul
      local.get 21
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=256 align=1
      local.get 9
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=264 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=272 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=280 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=240
      f32x4.mul
      local.get 22
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=304 align=1
      local.get 13
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=312 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=320 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=328 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=288
      f32x4.mul
      local.get 23
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=352 align=1
      local.get 17
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=360 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=368 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=376 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=336
      f32x4.mul
      local.get 24
      f32x4.mul
      f32x4.add
      v128.store offset=16
      local.get 3
      local.get 3
      v128.load offset=32
      local.get 0
      v128.load8x8_s offset=400 align=1
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=408 align=1
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=416 align=1
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=424 align=1
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=384
      f32x4.mul
      local.get 21
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=448 align=1
      local.get 9
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=456 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=464 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=472 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=432
      f32x4.mul
      local.get 22
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=496 align=1
      local.get 13
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=504 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=512 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=520 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=480
      f32x4.mul
      local.get 23
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=544 align=1
      local.get 17
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=552 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=560 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=568 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=528
      f32x4.mul
      local.get 24
      f32x4.mul
      f32x4.add
      v128.store offset=32
      local.get 3
      local.get 3
      v128.load offset=48
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
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=576
      f32x4.mul
      local.get 21
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=640 align=1
      local.get 9
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=648 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=656 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=664 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=624
      f32x4.mul
      local.get 22
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=688 align=1
      local.get 13
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=696 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=704 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=712 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=672
      f32x4.mul
      local.get 23
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=736 align=1
      local.get 17
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=744 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=752 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=760 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=720
      f32x4.mul
      local.get 24
      f32x4.mul
      f32x4.add
      v128.store offset=48
      local.get 3
      local.get 3
      v128.load offset=64
      local.get 0
      v128.load8x8_s offset=784 align=1
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=792 align=1
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=800 align=1
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=808 align=1
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=768
      f32x4.mul
      local.get 21
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=832 align=1
      local.get 9
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=840 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=848 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=856 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=816
      f32x4.mul
      local.get 22
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=880 align=1
      local.get 13
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=888 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=896 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=904 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=864
      f32x4.mul
      local.get 23
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=928 align=1
      local.get 17
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=936 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=944 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=952 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=912
      f32x4.mul
      local.get 24
      f32x4.mul
      f32x4.add
      v128.store offset=64
      local.get 3
      local.get 3
      v128.load offset=80
      local.get 0
      v128.load8x8_s offset=976 align=1
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=984 align=1
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=992 align=1
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1000 align=1
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=960
      f32x4.mul
      local.get 21
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=1024 align=1
      local.get 9
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1032 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1040 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1048 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1008
      f32x4.mul
      local.get 22
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=1072 align=1
      local.get 13
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1080 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1088 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1096 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1056
      f32x4.mul
      local.get 23
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=1120 align=1
      local.get 17
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1128 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1136 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1144 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1104
      f32x4.mul
      local.get 24
      f32x4.mul
      f32x4.add
      v128.store offset=80
      local.get 3
      local.get 3
      v128.load offset=96
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
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1152
      f32x4.mul
      local.get 21
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=1216 align=1
      local.get 9
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1224 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1232 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1240 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1200
      f32x4.mul
      local.get 22
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=1264 align=1
      local.get 13
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1272 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1280 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1288 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1248
      f32x4.mul
      local.get 23
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=1312 align=1
      local.get 17
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1320 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1328 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1336 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1296
      f32x4.mul
      local.get 24
      f32x4.mul
      f32x4.add
      v128.store offset=96
      local.get 3
      local.get 3
      v128.load offset=112
      local.get 0
      v128.load8x8_s offset=1360 align=1
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1368 align=1
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1376 align=1
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1384 align=1
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1344
      f32x4.mul
      local.get 21
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=1408 align=1
      local.get 9
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1416 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1424 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1432 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1392
      f32x4.mul
      local.get 22
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=1456 align=1
      local.get 13
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1464 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1472 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1480 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1440
      f32x4.mul
      local.get 23
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=1504 align=1
      local.get 17
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1512 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1520 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1528 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1488
      f32x4.mul
      local.get 24
      f32x4.mul
      f32x4.add
      v128.store offset=112
      local.get 3
      local.get 3
      v128.load offset=128
      local.get 0
      v128.load8x8_s offset=1552 align=1
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1560 align=1
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1568 align=1
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1576 align=1
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1536
      f32x4.mul
      local.get 21
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=1600 align=1
      local.get 9
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1608 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1616 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1624 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1584
      f32x4.mul
      local.get 22
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=1648 align=1
      local.get 13
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1656 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1664 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1672 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1632
      f32x4.mul
      local.get 23
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=1696 align=1
      local.get 17
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1704 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1712 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1720 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1680
      f32x4.mul
      local.get 24
      f32x4.mul
      f32x4.add
      v128.store offset=128
      local.get 3
      local.get 3
      v128.load offset=144
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
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1728
      f32x4.mul
      local.get 21
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=1792 align=1
      local.get 9
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1800 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1808 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1816 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1776
      f32x4.mul
      local.get 22
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=1840 align=1
      local.get 13
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1848 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1856 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1864 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1824
      f32x4.mul
      local.get 23
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=1888 align=1
      local.get 17
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1896 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1904 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1912 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1872
      f32x4.mul
      local.get 24
      f32x4.mul
      f32x4.add
      v128.store offset=144
      local.get 3
      local.get 3
      v128.load offset=160
      local.get 0
      v128.load8x8_s offset=1936 align=1
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1944 align=1
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1952 align=1
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=1960 align=1
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1920
      f32x4.mul
      local.get 21
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=1984 align=1
      local.get 9
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=1992 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2000 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2008 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=1968
      f32x4.mul
      local.get 22
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=2032 align=1
      local.get 13
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2040 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2048 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2056 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2016
      f32x4.mul
      local.get 23
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=2080 align=1
      local.get 17
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2088 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2096 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2104 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2064
      f32x4.mul
      local.get 24
      f32x4.mul
      f32x4.add
      v128.store offset=160
      local.get 3
      local.get 3
      v128.load offset=176
      local.get 0
      v128.load8x8_s offset=2128 align=1
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2136 align=1
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2144 align=1
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2152 align=1
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2112
      f32x4.mul
      local.get 21
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=2176 align=1
      local.get 9
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2184 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2192 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2200 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2160
      f32x4.mul
      local.get 22
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=2224 align=1
      local.get 13
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2232 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2240 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2248 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2208
      f32x4.mul
      local.get 23
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=2272 align=1
      local.get 17
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2280 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2288 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2296 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2256
      f32x4.mul
      local.get 24
      f32x4.mul
      f32x4.add
      v128.store offset=176
      local.get 3
      local.get 3
      v128.load offset=192
      local.get 0
      v128.load8x8_s offset=2320 align=1
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2328 align=1
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2336 align=1
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2344 align=1
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2304
      f32x4.mul
      local.get 21
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=2368 align=1
      local.get 9
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2376 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2384 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2392 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2352
      f32x4.mul
      local.get 22
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=2416 align=1
      local.get 13
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2424 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2432 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2440 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2400
      f32x4.mul
      local.get 23
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=2464 align=1
      local.get 17
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2472 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2480 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2488 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2448
      f32x4.mul
      local.get 24
      f32x4.mul
      f32x4.add
      v128.store offset=192
      local.get 3
      local.get 3
      v128.load offset=208
      local.get 0
      v128.load8x8_s offset=2512 align=1
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2520 align=1
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2528 align=1
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2536 align=1
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2496
      f32x4.mul
      local.get 21
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=2560 align=1
      local.get 9
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2568 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2576 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2584 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2544
      f32x4.mul
      local.get 22
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=2608 align=1
      local.get 13
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2616 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2624 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2632 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2592
      f32x4.mul
      local.get 23
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=2656 align=1
      local.get 17
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2664 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2672 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2680 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2640
      f32x4.mul
      local.get 24
      f32x4.mul
      f32x4.add
      v128.store offset=208
      local.get 3
      local.get 3
      v128.load offset=224
      local.get 0
      v128.load8x8_s offset=2704 align=1
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2712 align=1
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2720 align=1
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2728 align=1
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2688
      f32x4.mul
      local.get 21
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=2752 align=1
      local.get 9
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2760 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2768 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2776 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2736
      f32x4.mul
      local.get 22
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=2800 align=1
      local.get 13
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2808 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2816 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2824 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2784
      f32x4.mul
      local.get 23
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=2848 align=1
      local.get 17
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2856 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2864 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2872 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2832
      f32x4.mul
      local.get 24
      f32x4.mul
      f32x4.add
      v128.store offset=224
      local.get 3
      local.get 3
      v128.load offset=240
      local.get 0
      v128.load8x8_s offset=2896 align=1
      local.get 5
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2904 align=1
      local.get 6
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2912 align=1
      local.get 7
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2920 align=1
      local.get 8
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2880
      f32x4.mul
      local.get 21
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=2944 align=1
      local.get 9
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=2952 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2960 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=2968 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2928
      f32x4.mul
      local.get 22
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=2992 align=1
      local.get 13
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=3000 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=3008 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=3016 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=2976
      f32x4.mul
      local.get 23
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=3040 align=1
      local.get 17
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=3048 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=3056 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=3064 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=3024
      f32x4.mul
      local.get 24
      f32x4.mul
      f32x4.add
      v128.store offset=240
      local.get 1
      local.get 3
      i32.gt_u
      br_if 0 (;@2;)
    end
    local.get 3
    i32.const 256
    i32.add
    local.set 3
    local.get 0
    i32.const 3072
    i32.add
    local.set 0
  end
  local.get 3
  local.get 4
  i32.lt_u
  if  ;; label = @1
    local.get 0
    i32.const 192
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
      i32.const 192
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
      f32x4.convert_i32x4_s
      local.get 0
      v128.load
      f32x4.mul
      local.get 21
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=64 align=1
      local.get 9
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=72 align=1
      local.get 10
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=80 align=1
      local.get 11
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=88 align=1
      local.get 12
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=48
      f32x4.mul
      local.get 22
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=112 align=1
      local.get 13
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=120 align=1
      local.get 14
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=128 align=1
      local.get 15
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=136 align=1
      local.get 16
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=96
      f32x4.mul
      local.get 23
      f32x4.mul
      f32x4.add
      local.get 0
      v128.load8x8_s offset=160 align=1
      local.get 17
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=168 align=1
      local.get 18
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=176 align=1
      local.get 19
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=184 align=1
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=144
      f32x4.mul
      local.get 24
      f32x4.mul
      f32x4.add
      v128.store
      local.get 1
      local.get 3
      i32.gt_u
      br_if 0 (;@2;)
    end
  end)
