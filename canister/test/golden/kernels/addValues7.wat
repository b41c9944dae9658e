;; addValues7: int16 values for seven queries.
;; 0.6194 instructions per multiply-add: 555 for 540 operators, 896 multiply-adds a turn.
;; Written by canister/scripts/golden-kernels.mjs.
(func (param i32 i32 i32 i32 i32 i32)
  (local i32 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
  loop  ;; label = @1
    local.get 1
    local.get 2
    i32.lt_u
    if  ;; label = @2
      local.get 1
      i32.load
      local.get 3
      i32.add
      local.set 7
      local.get 0
      v128.load32_splat
      local.set 24
      local.get 0
      v128.load32_splat offset=4
      local.set 25
      local.get 0
      v128.load32_splat offset=8
      local.set 26
      local.get 0
      v128.load32_splat offset=12
      local.set 27
      local.get 0
      v128.load32_splat offset=16
      local.set 28
      local.get 0
      v128.load32_splat offset=20
      local.set 29
      local.get 0
      v128.load32_splat offset=24
      local.set 30
      local.get 0
      v128.load32_splat offset=28
      local.set 31
      local.get 0
      v128.load32_splat offset=32
      local.set 32
      local.get 0
      v128.load32_splat offset=36
      local.set 33
      local.get 0
      v128.load32_splat offset=40
      local.set 34
      local.get 0
      v128.load32_splat offset=44
      local.set 35
      local.get 0
      v128.load32_splat offset=48
      local.set 36
      local.get 0
      v128.load32_splat offset=52
      local.set 37
      local.get 0
      v128.load32_splat offset=56
      local.set 38
      local.get 0
      v128.load32_splat offset=60
      local.set 39
      local.get 0
      v128.load32_splat offset=512
      local.set 40
      local.get 0
      v128.load32_splat offset=64
      local.set 41
      local.get 0
      v128.load32_splat offset=68
      local.set 42
      local.get 0
      v128.load32_splat offset=72
      local.set 43
      local.get 0
      v128.load32_splat offset=76
      local.set 44
      local.get 0
      v128.load32_splat offset=80
      local.set 45
      local.get 0
      v128.load32_splat offset=84
      local.set 46
      local.get 0
      v128.load32_splat offset=88
      local.set 47
      local.get 0
      v128.load32_splat offset=92
      local.set 48
      local.get 0
      v128.load32_splat offset=96
      local.set 49
      local.get 0
      v128.load32_splat offset=100
      local.set 50
      local.get 0
      v128.load32_splat offset=104
      local.set 51
      local.get 0
      v128.load32_splat offset=108
      local.set 52
      local.get 0
      v128.load32_splat offset=112
      local.set 53
      local.get 0
      v128.load32_splat offset=116
      local.set 54
      local.get 0
      v128.load32_splat offset=120
      local.set 55
      local.get 0
      v128.load32_splat offset=124
      local.set 56
      local.get 0
      v128.load32_splat offset=516
      local.set 57
      local.get 0
      v128.load32_splat offset=128
      local.set 58
      local.get 0
      v128.load32_splat offset=132
      local.set 59
      local.get 0
      v128.load32_splat offset=136
      local.set 60
      local.get 0
      v128.load32_splat offset=140
      local.set 61
      local.get 0
      v128.load32_splat offset=144
      local.set 62
      local.get 0
      v128.load32_splat offset=148
      local.set 63
      local.get 0
      v128.load32_splat offset=152
      local.set 64
      local.get 0
      v128.load32_splat offset=156
      local.set 65
      local.get 0
      v128.load32_splat offset=160
      local.set 66
      local.get 0
      v128.load32_splat offset=164
      local.set 67
      local.get 0
      v128.load32_splat offset=168
      local.set 68
      local.get 0
      v128.load32_splat offset=172
      local.set 69
      local.get 0
      v128.load32_splat offset=176
      local.set 70
      local.get 0
      v128.load32_splat offset=180
      local.set 71
      local.get 0
      v128.load32_splat offset=184
      local.set 72
      local.get 0
      v128.load32_splat offset=188
      local.set 73
      local.get 0
      v128.load32_splat offset=520
      local.set 74
      local.get 0
      v128.load32_splat offset=192
      local.set 75
      local.get 0
      v128.load32_splat offset=196
      local.set 76
      local.get 0
      v128.load32_splat offset=200
      local.set 77
      local.get 0
      v128.load32_splat offset=204
      local.set 78
      local.get 0
      v128.load32_splat offset=208
      local.set 79
      local.get 0
      v128.load32_splat offset=212
      local.set 80
      local.get 0
      v128.load32_splat offset=216
      local.set 81
      local.get 0
      v128.load32_splat offset=220
      local.set 82
      local.get 0
      v128.load32_splat offset=224
      local.set 83
      local.get 0
      v128.load32_splat offset=228
      local.set 84
      local.get 0
      v128.load32_splat offset=232
      local.set 85
      local.get 0
      v128.load32_splat offset=236
      local.set 86
      local.get 0
      v128.load32_splat offset=240
      local.set 87
      local.get 0
      v128.load32_splat offset=244
      local.set 88
      local.get 0
      v128.load32_splat offset=248
      local.set 89
      local.get 0
      v128.load32_splat offset=252
      local.set 90
      local.get 0
      v128.load32_splat offset=524
      local.set 91
      local.get 0
      v128.load32_splat offset=256
      local.set 92
      local.get 0
      v128.load32_splat offset=260
      local.set 93
      local.get 0
      v128.load32_splat offset=264
      local.set 94
      local.get 0
      v128.load32_splat offset=268
      local.set 95
      local.get 0
      v128.load32_splat offset=272
      local.set 96
      local.get 0
      v128.load32_splat offset=276
      local.set 97
      local.get 0
      v128.load32_splat offset=280
      local.set 98
      local.get 0
      v128.load32_splat offset=284
      local.set 99
      local.get 0
      v128.load32_splat offset=288
      local.set 100
      local.get 0
      v128.load32_splat offset=292
      local.set 101
      local.get 0
      v128.load32_splat offset=296
      local.set 102
      local.get 0
      v128.load32_splat offset=300
      local.set 103
      local.get 0
      v128.load32_splat offset=304
      local.set 104
      local.get 0
      v128.load32_splat offset=308
      local.set 105
      local.get 0
      v128.load32_splat offset=312
      local.set 106
      local.get 0
      v128.load32_splat offset=316
      local.set 107
      local.get 0
      v128.load32_splat offset=528
      local.set 108
      local.get 0
      v128.load32_splat offset=320
      local.set 109
      local.get 0
      v128.load32_splat offset=324
      local.set 110
      local.get 0
      v128.load32_splat offset=328
      local.set 111
      local.get 0
      v128.load32_splat offset=332
      local.set 112
      local.get 0
      v128.load32_splat offset=336
      local.set 113
      local.get 0
      v128.load32_splat offset=340
      local.set 114
      local.get 0
      v128.load32_splat offset=344
      local.set 115
      local.get 0
      v128.load32_splat offset=348
      local.set 116
      local.get 0
      v128.load32_splat offset=352
      local.set 117
      local.get 0
      v128.load32_splat offset=356
      local.set 118
      local.get 0
      v128.load32_splat offset=360
      local.set 119
      local.get 0
      v128.load32_splat offset=364
      local.set 120
      local.get 0
      v128.load32_splat offset=368
      local.set 121
      local.get 0
      v128.load32_splat offset=372
      local.set 122
      local.get 0
      v128.load32_splat offset=376
      local.set 123
      local.get 0
      v128.load32_splat offset=380
      local.set 124
      local.get 0
      v128.load32_splat offset=532
      local.set 125
      local.get 0
      v128.load32_splat offset=384
      local.set 126
      local.get 0
      v128.load32_splat offset=388
      local.set 127
      local.get 0
      v128.load32_splat offset=392
      local.set 128
      local.get 0
      v128.load32_splat offset=396
      local.set 129
      local.get 0
      v128.load32_splat offset=400
      local.set 130
      local.get 0
      v128.load32_splat offset=404
      local.set 131
      local.get 0
      v128.load32_splat offset=408
      local.set 132
      local.get 0
      v128.load32_splat offset=412
      local.set 133
      local.get 0
      v128.load32_splat offset=416
      local.set 134
      local.get 0
      v128.load32_splat offset=420
      local.set 135
      local.get 0
      v128.load32_splat offset=424
      local.set 136
      local.get 0
      v128.load32_splat offset=428
      local.set 137
      local.get 0
      v128.load32_splat offset=432
      local.set 138
      local.get 0
      v128.load32_splat offset=436
      local.set 139
      local.get 0
      v128.load32_splat offset=440
      local.set 140
      local.get 0
      v128.load32_splat offset=444
      local.set 141
      local.get 0
      v128.load32_splat offset=536
      local.set 142
      local.get 4
      local.set 6
      loop  ;; label = @3
        local.get 6
        local.get 6
        v128.load
        local.get 7
        v128.load
        local.tee 8
        local.get 24
        i32x4.dot_i16x8_s
        local.get 7
        v128.load offset=16
        local.tee 9
        local.get 25
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 7
        v128.load offset=32
        local.tee 10
        local.get 26
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 7
        v128.load offset=48
        local.tee 11
        local.get 27
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 7
        v128.load offset=64
        local.tee 12
        local.get 28
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 7
        v128.load offset=80
        local.tee 13
        local.get 29
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 7
        v128.load offset=96
        local.tee 14
        local.get 30
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 7
        v128.load offset=112
        local.tee 15
        local.get 31
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 7
        v128.load offset=128
        local.tee 16
        local.get 32
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 7
        v128.load offset=144
        local.tee 17
        local.get 33
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 7
        v128.load offset=160
        local.tee 18
        local.get 34
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 7
        v128.load offset=176
        local.tee 19
        local.get 35
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 7
        v128.load offset=192
        local.tee 20
        local.get 36
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 7
        v128.load offset=208
        local.tee 21
        local.get 37
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 7
        v128.load offset=224
        local.tee 22
        local.get 38
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 7
        v128.load offset=240
        local.tee 23
        local.get 39
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 40
        f32x4.mul
        f32x4.add
        v128.store
        local.get 6
        local.get 6
        v128.load offset=16
        local.get 8
        local.get 41
        i32x4.dot_i16x8_s
        local.get 9
        local.get 42
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 10
        local.get 43
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 11
        local.get 44
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 12
        local.get 45
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 13
        local.get 46
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 14
        local.get 47
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 15
        local.get 48
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 16
        local.get 49
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 17
        local.get 50
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 18
        local.get 51
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 19
        local.get 52
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 20
        local.get 53
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 21
        local.get 54
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 22
        local.get 55
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 23
        local.get 56
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 57
        f32x4.mul
        f32x4.add
        v128.store offset=16
        local.get 6
        local.get 6
        v128.load offset=32
        local.get 8
        local.get 58
        i32x4.dot_i16x8_s
        local.get 9
        local.get 59
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 10
        local.get 60
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 11
        local.get 61
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 12
        local.get 62
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 13
        local.get 63
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 14
        local.get 64
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 15
        local.get 65
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 16
        local.get 66
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 17
        local.get 67
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 18
        local.get 68
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 19
        local.get 69
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 20
        local.get 70
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 21
        local.get 71
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 22
        local.get 72
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 23
        local.get 73
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 74
        f32x4.mul
        f32x4.add
        v128.store offset=32
        local.get 6
        local.get 6
        v128.load offset=48
        local.get 8
        local.get 75
        i32x4.dot_i16x8_s
        local.get 9
        local.get 76
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 10
        local.get 77
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 11
        local.get 78
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 12
        local.get 79
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 13
        local.get 80
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 14
        local.get 81
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 15
        local.get 82
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 16
        local.get 83
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 17
        local.get 84
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 18
        local.get 85
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 19
        local.get 86
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 20
        local.get 87
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 21
        local.get 88
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 22
        local.get 89
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 23
        local.get 90
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 91
        f32x4.mul
        f32x4.add
        v128.store offset=48
        local.get 6
        local.get 6
        v128.load offset=64
        local.get 8
        local.get 92
        i32x4.dot_i16x8_s
        local.get 9
        local.get 93
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 10
        local.get 94
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 11
        local.get 95
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 12
        local.get 96
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 13
        local.get 97
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 14
        local.get 98
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 15
        local.get 99
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 16
        local.get 100
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 17
        local.get 101
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 18
        local.get 102
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 19
        local.get 103
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 20
        local.get 104
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 21
        local.get 105
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 22
        local.get 106
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 23
        local.get 107
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 108
        f32x4.mul
        f32x4.add
        v128.store offset=64
        local.get 6
        local.get 6
        v128.load offset=80
        local.get 8
        local.get 109
        i32x4.dot_i16x8_s
        local.get 9
        local.get 110
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 10
        local.get 111
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 11
        local.get 112
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 12
        local.get 113
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 13
        local.get 114
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 14
        local.get 115
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 15
        local.get 116
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 16
        local.get 117
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 17
        local.get 118
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 18
        local.get 119
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 19
        local.get 120
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 20
        local.get 121
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 21
        local.get 122
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 22
        local.get 123
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 23
        local.get 124
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 125
        f32x4.mul
        f32x4.add
        v128.store offset=80
        local.get 6
        local.get 6
        v128.load offset=96
        local.get 8
        local.get 126
        i32x4.dot_i16x8_s
        local.get 9
        local.get 127
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 10
        local.get 128
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 11
        local.get 129
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 12
        local.get 130
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 13
        local.get 131
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 14
        local.get 132
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 15
        local.get 133
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 16
        local.get 134
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 17
        local.get 135
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 18
        local.get 136
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 19
        local.get 137
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 20
        local.get 138
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 21
        local.get 139
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 22
        local.get 140
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 23
        local.get 141
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 142
        f32x4.mul
        f32x4.add
        v128.store offset=96
        local.get 7
        i32.const 256
        i32.add
        local.set 7
        local.get 6
        i32.const 128
        i32.add
        local.tee 6
        local.get 5
        i32.lt_u
        br_if 0 (;@3;)
      end
      local.get 0
      i32.const 544
      i32.add
      local.set 0
      local.get 1
      i32.const 4
      i32.add
      local.set 1
      br 1 (;@1;)
    end
  end)
