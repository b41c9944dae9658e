;; set4Scores2: scores of two queries against int16 keys of 128 dimensions.
;; 0.7012 instructions per multiply-add: 1436 for 1391 operators, 2048 multiply-adds a turn.
;; Written by canister/scripts/golden-kernels.mjs.
(func (param i32 i32 i32 i32 i32 i32)
  (local v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
  local.get 0
  v128.load32_splat
  local.set 6
  local.get 0
  v128.load32_splat offset=4
  local.set 7
  local.get 0
  v128.load32_splat offset=8
  local.set 8
  local.get 0
  v128.load32_splat offset=12
  local.set 9
  local.get 0
  v128.load32_splat offset=16
  local.set 10
  local.get 0
  v128.load32_splat offset=20
  local.set 11
  local.get 0
  v128.load32_splat offset=24
  local.set 12
  local.get 0
  v128.load32_splat offset=28
  local.set 13
  local.get 0
  v128.load32_splat offset=32
  local.set 14
  local.get 0
  v128.load32_splat offset=36
  local.set 15
  local.get 0
  v128.load32_splat offset=40
  local.set 16
  local.get 0
  v128.load32_splat offset=44
  local.set 17
  local.get 0
  v128.load32_splat offset=48
  local.set 18
  local.get 0
  v128.load32_splat offset=52
  local.set 19
  local.get 0
  v128.load32_splat offset=56
  local.set 20
  local.get 0
  v128.load32_splat offset=60
  local.set 21
  local.get 1
  v128.load32_splat
  local.set 22
  local.get 0
  v128.load32_splat offset=512
  local.set 23
  local.get 0
  v128.load32_splat offset=516
  local.set 24
  local.get 0
  v128.load32_splat offset=520
  local.set 25
  local.get 0
  v128.load32_splat offset=524
  local.set 26
  local.get 0
  v128.load32_splat offset=528
  local.set 27
  local.get 0
  v128.load32_splat offset=532
  local.set 28
  local.get 0
  v128.load32_splat offset=536
  local.set 29
  local.get 0
  v128.load32_splat offset=540
  local.set 30
  local.get 0
  v128.load32_splat offset=544
  local.set 31
  local.get 0
  v128.load32_splat offset=548
  local.set 32
  local.get 0
  v128.load32_splat offset=552
  local.set 33
  local.get 0
  v128.load32_splat offset=556
  local.set 34
  local.get 0
  v128.load32_splat offset=560
  local.set 35
  local.get 0
  v128.load32_splat offset=564
  local.set 36
  local.get 0
  v128.load32_splat offset=568
  local.set 37
  local.get 0
  v128.load32_splat offset=572
  local.set 38
  local.get 1
  v128.load32_splat offset=32
  local.set 39
  local.get 0
  v128.load32_splat offset=1024
  local.set 40
  local.get 0
  v128.load32_splat offset=1028
  local.set 41
  local.get 0
  v128.load32_splat offset=1032
  local.set 42
  local.get 0
  v128.load32_splat offset=1036
  local.set 43
  local.get 0
  v128.load32_splat offset=1040
  local.set 44
  local.get 0
  v128.load32_splat offset=1044
  local.set 45
  local.get 0
  v128.load32_splat offset=1048
  local.set 46
  local.get 0
  v128.load32_splat offset=1052
  local.set 47
  local.get 0
  v128.load32_splat offset=1056
  local.set 48
  local.get 0
  v128.load32_splat offset=1060
  local.set 49
  local.get 0
  v128.load32_splat offset=1064
  local.set 50
  local.get 0
  v128.load32_splat offset=1068
  local.set 51
  local.get 0
  v128.load32_splat offset=1072
  local.set 52
  local.get 0
  v128.load32_splat offset=1076
  local.set 53
  local.get 0
  v128.load32_splat offset=1080
  local.set 54
  local.get 0
  v128.load32_splat offset=1084
  local.set 55
  local.get 1
  v128.load32_splat offset=64
  local.set 56
  local.get 0
  v128.load32_splat offset=1536
  local.set 57
  local.get 0
  v128.load32_splat offset=1540
  local.set 58
  local.get 0
  v128.load32_splat offset=1544
  local.set 59
  local.get 0
  v128.load32_splat offset=1548
  local.set 60
  local.get 0
  v128.load32_splat offset=1552
  local.set 61
  local.get 0
  v128.load32_splat offset=1556
  local.set 62
  local.get 0
  v128.load32_splat offset=1560
  local.set 63
  local.get 0
  v128.load32_splat offset=1564
  local.set 64
  local.get 0
  v128.load32_splat offset=1568
  local.set 65
  local.get 0
  v128.load32_splat offset=1572
  local.set 66
  local.get 0
  v128.load32_splat offset=1576
  local.set 67
  local.get 0
  v128.load32_splat offset=1580
  local.set 68
  local.get 0
  v128.load32_splat offset=1584
  local.set 69
  local.get 0
  v128.load32_splat offset=1588
  local.set 70
  local.get 0
  v128.load32_splat offset=1592
  local.set 71
  local.get 0
  v128.load32_splat offset=1596
  local.set 72
  local.get 1
  v128.load32_splat offset=96
  local.set 73
  local.get 0
  v128.load32_splat offset=64
  local.set 74
  local.get 0
  v128.load32_splat offset=68
  local.set 75
  local.get 0
  v128.load32_splat offset=72
  local.set 76
  local.get 0
  v128.load32_splat offset=76
  local.set 77
  local.get 0
  v128.load32_splat offset=80
  local.set 78
  local.get 0
  v128.load32_splat offset=84
  local.set 79
  local.get 0
  v128.load32_splat offset=88
  local.set 80
  local.get 0
  v128.load32_splat offset=92
  local.set 81
  local.get 0
  v128.load32_splat offset=96
  local.set 82
  local.get 0
  v128.load32_splat offset=100
  local.set 83
  local.get 0
  v128.load32_splat offset=104
  local.set 84
  local.get 0
  v128.load32_splat offset=108
  local.set 85
  local.get 0
  v128.load32_splat offset=112
  local.set 86
  local.get 0
  v128.load32_splat offset=116
  local.set 87
  local.get 0
  v128.load32_splat offset=120
  local.set 88
  local.get 0
  v128.load32_splat offset=124
  local.set 89
  local.get 1
  v128.load32_splat offset=4
  local.set 90
  local.get 0
  v128.load32_splat offset=576
  local.set 91
  local.get 0
  v128.load32_splat offset=580
  local.set 92
  local.get 0
  v128.load32_splat offset=584
  local.set 93
  local.get 0
  v128.load32_splat offset=588
  local.set 94
  local.get 0
  v128.load32_splat offset=592
  local.set 95
  local.get 0
  v128.load32_splat offset=596
  local.set 96
  local.get 0
  v128.load32_splat offset=600
  local.set 97
  local.get 0
  v128.load32_splat offset=604
  local.set 98
  local.get 0
  v128.load32_splat offset=608
  local.set 99
  local.get 0
  v128.load32_splat offset=612
  local.set 100
  local.get 0
  v128.load32_splat offset=616
  local.set 101
  local.get 0
  v128.load32_splat offset=620
  local.set 102
  local.get 0
  v128.load32_splat offset=624
  local.set 103
  local.get 0
  v128.load32_splat offset=628
  local.set 104
  local.get 0
  v128.load32_splat offset=632
  local.set 105
  local.get 0
  v128.load32_splat offset=636
  local.set 106
  local.get 1
  v128.load32_splat offset=36
  local.set 107
  local.get 0
  v128.load32_splat offset=1088
  local.set 108
  local.get 0
  v128.load32_splat offset=1092
  local.set 109
  local.get 0
  v128.load32_splat offset=1096
  local.set 110
  local.get 0
  v128.load32_splat offset=1100
  local.set 111
  local.get 0
  v128.load32_splat offset=1104
  local.set 112
  local.get 0
  v128.load32_splat offset=1108
  local.set 113
  local.get 0
  v128.load32_splat offset=1112
  local.set 114
  local.get 0
  v128.load32_splat offset=1116
  local.set 115
  local.get 0
  v128.load32_splat offset=1120
  local.set 116
  local.get 0
  v128.load32_splat offset=1124
  local.set 117
  local.get 0
  v128.load32_splat offset=1128
  local.set 118
  local.get 0
  v128.load32_splat offset=1132
  local.set 119
  local.get 0
  v128.load32_splat offset=1136
  local.set 120
  local.get 0
  v128.load32_splat offset=1140
  local.set 121
  local.get 0
  v128.load32_splat offset=1144
  local.set 122
  local.get 0
  v128.load32_splat offset=1148
  local.set 123
  local.get 1
  v128.load32_splat offset=68
  local.set 124
  local.get 0
  v128.load32_splat offset=1600
  local.set 125
  local.get 0
  v128.load32_splat offset=1604
  local.set 126
  local.get 0
  v128.load32_splat offset=1608
  local.set 127
  local.get 0
  v128.load32_splat offset=1612
  local.set 128
  local.get 0
  v128.load32_splat offset=1616
  local.set 129
  local.get 0
  v128.load32_splat offset=1620
  local.set 130
  local.get 0
  v128.load32_splat offset=1624
  local.set 131
  local.get 0
  v128.load32_splat offset=1628
  local.set 132
  local.get 0
  v128.load32_splat offset=1632
  local.set 133
  local.get 0
  v128.load32_splat offset=1636
  local.set 134
  local.get 0
  v128.load32_splat offset=1640
  local.set 135
  local.get 0
  v128.load32_splat offset=1644
  local.set 136
  local.get 0
  v128.load32_splat offset=1648
  local.set 137
  local.get 0
  v128.load32_splat offset=1652
  local.set 138
  local.get 0
  v128.load32_splat offset=1656
  local.set 139
  local.get 0
  v128.load32_splat offset=1660
  local.set 140
  local.get 1
  v128.load32_splat offset=100
  local.set 141
  loop  ;; label = @1
    local.get 2
    local.get 3
    i32.lt_u
    if  ;; label = @2
      local.get 2
      i32.load
      local.get 4
      i32.add
      local.tee 0
      i32.const 2176
      i32.add
      local.set 1
      loop  ;; label = @3
        local.get 5
        local.get 0
        v128.load offset=16
        local.tee 142
        local.get 6
        i32x4.dot_i16x8_s
        local.get 0
        v128.load offset=32
        local.tee 143
        local.get 7
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=48
        local.tee 144
        local.get 8
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=64
        local.tee 145
        local.get 9
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=80
        local.tee 146
        local.get 10
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=96
        local.tee 147
        local.get 11
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=112
        local.tee 148
        local.get 12
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=128
        local.tee 149
        local.get 13
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=144
        local.tee 150
        local.get 14
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=160
        local.tee 151
        local.get 15
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=176
        local.tee 152
        local.get 16
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=192
        local.tee 153
        local.get 17
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=208
        local.tee 154
        local.get 18
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=224
        local.tee 155
        local.get 19
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=240
        local.tee 156
        local.get 20
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=256
        local.tee 157
        local.get 21
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 0
        v128.load
        local.tee 158
        f32x4.mul
        local.get 22
        f32x4.mul
        local.get 0
        v128.load offset=2192
        local.tee 159
        local.get 23
        i32x4.dot_i16x8_s
        local.get 0
        v128.load offset=2208
        local.tee 160
        local.get 24
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2224
        local.tee 161
        local.get 25
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2240
        local.tee 162
        local.get 26
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2256
        local.tee 163
        local.get 27
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2272
        local.tee 164
        local.get 28
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2288
        local.tee 165
        local.get 29
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2304
        local.tee 166
        local.get 30
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2320
        local.tee 167
        local.get 31
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2336
        local.tee 168
        local.get 32
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2352
        local.tee 169
        local.get 33
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2368
        local.tee 170
        local.get 34
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2384
        local.tee 171
        local.get 35
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2400
        local.tee 172
        local.get 36
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2416
        local.tee 173
        local.get 37
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2432
        local.tee 174
        local.get 38
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 0
        v128.load offset=2176
        local.tee 175
        f32x4.mul
        local.get 39
        f32x4.mul
        f32x4.add
        local.get 0
        v128.load offset=4368
        local.tee 176
        local.get 40
        i32x4.dot_i16x8_s
        local.get 0
        v128.load offset=4384
        local.tee 177
        local.get 41
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4400
        local.tee 178
        local.get 42
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4416
        local.tee 179
        local.get 43
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4432
        local.tee 180
        local.get 44
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4448
        local.tee 181
        local.get 45
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4464
        local.tee 182
        local.get 46
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4480
        local.tee 183
        local.get 47
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4496
        local.tee 184
        local.get 48
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4512
        local.tee 185
        local.get 49
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4528
        local.tee 186
        local.get 50
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4544
        local.tee 187
        local.get 51
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4560
        local.tee 188
        local.get 52
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4576
        local.tee 189
        local.get 53
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4592
        local.tee 190
        local.get 54
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4608
        local.tee 191
        local.get 55
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 0
        v128.load offset=4352
        local.tee 192
        f32x4.mul
        local.get 56
        f32x4.mul
        f32x4.add
        local.get 0
        v128.load offset=6544
        local.tee 193
        local.get 57
        i32x4.dot_i16x8_s
        local.get 0
        v128.load offset=6560
        local.tee 194
        local.get 58
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6576
        local.tee 195
        local.get 59
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6592
        local.tee 196
        local.get 60
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6608
        local.tee 197
        local.get 61
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6624
        local.tee 198
        local.get 62
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6640
        local.tee 199
        local.get 63
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6656
        local.tee 200
        local.get 64
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6672
        local.tee 201
        local.get 65
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6688
        local.tee 202
        local.get 66
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6704
        local.tee 203
        local.get 67
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6720
        local.tee 204
        local.get 68
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6736
        local.tee 205
        local.get 69
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6752
        local.tee 206
        local.get 70
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6768
        local.tee 207
        local.get 71
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6784
        local.tee 208
        local.get 72
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 0
        v128.load offset=6528
        local.tee 209
        f32x4.mul
        local.get 73
        f32x4.mul
        f32x4.add
        v128.store
        local.get 5
        local.get 142
        local.get 74
        i32x4.dot_i16x8_s
        local.get 143
        local.get 75
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 144
        local.get 76
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 145
        local.get 77
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 146
        local.get 78
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 147
        local.get 79
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 148
        local.get 80
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 149
        local.get 81
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 150
        local.get 82
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 151
        local.get 83
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 152
        local.get 84
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 153
        local.get 85
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 154
        local.get 86
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 155
        local.get 87
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 156
        local.get 88
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 157
        local.get 89
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 158
        f32x4.mul
        local.get 90
        f32x4.mul
        local.get 159
        local.get 91
        i32x4.dot_i16x8_s
        local.get 160
        local.get 92
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 161
        local.get 93
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 162
        local.get 94
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 163
        local.get 95
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 164
        local.get 96
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 165
        local.get 97
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 166
        local.get 98
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 167
        local.get 99
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 168
        local.get 100
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 169
        local.get 101
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 170
        local.get 102
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 171
        local.get 103
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 172
        local.get 104
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 173
        local.get 105
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 174
        local.get 106
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 175
        f32x4.mul
        local.get 107
        f32x4.mul
        f32x4.add
        local.get 176
        local.get 108
        i32x4.dot_i16x8_s
        local.get 177
        local.get 109
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 178
        local.get 110
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 179
        local.get 111
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 180
        local.get 112
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 181
        local.get 113
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 182
        local.get 114
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 183
        local.get 115
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 184
        local.get 116
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 185
        local.get 117
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 186
        local.get 118
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 187
        local.get 119
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 188
        local.get 120
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 189
        local.get 121
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 190
        local.get 122
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 191
        local.get 123
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 192
        f32x4.mul
        local.get 124
        f32x4.mul
        f32x4.add
        local.get 193
        local.get 125
        i32x4.dot_i16x8_s
        local.get 194
        local.get 126
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 195
        local.get 127
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 196
        local.get 128
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 197
        local.get 129
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 198
        local.get 130
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 199
        local.get 131
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 200
        local.get 132
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 201
        local.get 133
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 202
        local.get 134
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 203
        local.get 135
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 204
        local.get 136
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 205
        local.get 137
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 206
        local.get 138
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 207
        local.get 139
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 208
        local.get 140
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 209
        f32x4.mul
        local.get 141
        f32x4.mul
        f32x4.add
        v128.store offset=16
        local.get 5
        local.get 0
        v128.load offset=288
        local.tee 142
        local.get 6
        i32x4.dot_i16x8_s
        local.get 0
        v128.load offset=304
        local.tee 143
        local.get 7
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=320
        local.tee 144
        local.get 8
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=336
        local.tee 145
        local.get 9
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=352
        local.tee 146
        local.get 10
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=368
        local.tee 147
        local.get 11
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=384
        local.tee 148
        local.get 12
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=400
        local.tee 149
        local.get 13
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=416
        local.tee 150
        local.get 14
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=432
        local.tee 151
        local.get 15
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=448
        local.tee 152
        local.get 16
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=464
        local.tee 153
        local.get 17
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=480
        local.tee 154
        local.get 18
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=496
        local.tee 155
        local.get 19
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=512
        local.tee 156
        local.get 20
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=528
        local.tee 157
        local.get 21
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 0
        v128.load offset=272
        local.tee 158
        f32x4.mul
        local.get 22
        f32x4.mul
        local.get 0
        v128.load offset=2464
        local.tee 159
        local.get 23
        i32x4.dot_i16x8_s
        local.get 0
        v128.load offset=2480
        local.tee 160
        local.get 24
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2496
        local.tee 161
        local.get 25
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2512
        local.tee 162
        local.get 26
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2528
        local.tee 163
        local.get 27
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2544
        local.tee 164
        local.get 28
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2560
        local.tee 165
        local.get 29
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2576
        local.tee 166
        local.get 30
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2592
        local.tee 167
        local.get 31
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2608
        local.tee 168
        local.get 32
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2624
        local.tee 169
        local.get 33
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2640
        local.tee 170
        local.get 34
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2656
        local.tee 171
        local.get 35
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2672
        local.tee 172
        local.get 36
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2688
        local.tee 173
        local.get 37
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=2704
        local.tee 174
        local.get 38
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 0
        v128.load offset=2448
        local.tee 175
        f32x4.mul
        local.get 39
        f32x4.mul
        f32x4.add
        local.get 0
        v128.load offset=4640
        local.tee 176
        local.get 40
        i32x4.dot_i16x8_s
        local.get 0
        v128.load offset=4656
        local.tee 177
        local.get 41
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4672
        local.tee 178
        local.get 42
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4688
        local.tee 179
        local.get 43
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4704
        local.tee 180
        local.get 44
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4720
        local.tee 181
        local.get 45
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4736
        local.tee 182
        local.get 46
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4752
        local.tee 183
        local.get 47
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4768
        local.tee 184
        local.get 48
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4784
        local.tee 185
        local.get 49
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4800
        local.tee 186
        local.get 50
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4816
        local.tee 187
        local.get 51
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4832
        local.tee 188
        local.get 52
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4848
        local.tee 189
        local.get 53
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4864
        local.tee 190
        local.get 54
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=4880
        local.tee 191
        local.get 55
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 0
        v128.load offset=4624
        local.tee 192
        f32x4.mul
        local.get 56
        f32x4.mul
        f32x4.add
        local.get 0
        v128.load offset=6816
        local.tee 193
        local.get 57
        i32x4.dot_i16x8_s
        local.get 0
        v128.load offset=6832
        local.tee 194
        local.get 58
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6848
        local.tee 195
        local.get 59
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6864
        local.tee 196
        local.get 60
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6880
        local.tee 197
        local.get 61
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6896
        local.tee 198
        local.get 62
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6912
        local.tee 199
        local.get 63
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6928
        local.tee 200
        local.get 64
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6944
        local.tee 201
        local.get 65
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6960
        local.tee 202
        local.get 66
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6976
        local.tee 203
        local.get 67
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=6992
        local.tee 204
        local.get 68
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=7008
        local.tee 205
        local.get 69
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=7024
        local.tee 206
        local.get 70
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=7040
        local.tee 207
        local.get 71
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 0
        v128.load offset=7056
        local.tee 208
        local.get 72
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 0
        v128.load offset=6800
        local.tee 209
        f32x4.mul
        local.get 73
        f32x4.mul
        f32x4.add
        v128.store offset=128
        local.get 5
        local.get 142
        local.get 74
        i32x4.dot_i16x8_s
        local.get 143
        local.get 75
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 144
        local.get 76
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 145
        local.get 77
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 146
        local.get 78
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 147
        local.get 79
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 148
        local.get 80
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 149
        local.get 81
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 150
        local.get 82
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 151
        local.get 83
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 152
        local.get 84
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 153
        local.get 85
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 154
        local.get 86
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 155
        local.get 87
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 156
        local.get 88
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 157
        local.get 89
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 158
        f32x4.mul
        local.get 90
        f32x4.mul
        local.get 159
        local.get 91
        i32x4.dot_i16x8_s
        local.get 160
        local.get 92
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 161
        local.get 93
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 162
        local.get 94
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 163
        local.get 95
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 164
        local.get 96
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 165
        local.get 97
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 166
        local.get 98
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 167
        local.get 99
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 168
        local.get 100
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 169
        local.get 101
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 170
        local.get 102
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 171
        local.get 103
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 172
        local.get 104
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 173
        local.get 105
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 174
        local.get 106
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 175
        f32x4.mul
        local.get 107
        f32x4.mul
        f32x4.add
        local.get 176
        local.get 108
        i32x4.dot_i16x8_s
        local.get 177
        local.get 109
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 178
        local.get 110
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 179
        local.get 111
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 180
        local.get 112
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 181
        local.get 113
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 182
        local.get 114
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 183
        local.get 115
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 184
        local.get 116
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 185
        local.get 117
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 186
        local.get 118
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 187
        local.get 119
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 188
        local.get 120
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 189
        local.get 121
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 190
        local.get 122
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 191
        local.get 123
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 192
        f32x4.mul
        local.get 124
        f32x4.mul
        f32x4.add
        local.get 193
        local.get 125
        i32x4.dot_i16x8_s
        local.get 194
        local.get 126
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 195
        local.get 127
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 196
        local.get 128
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 197
        local.get 129
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 198
        local.get 130
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 199
        local.get 131
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 200
        local.get 132
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 201
        local.get 133
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 202
        local.get 134
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 203
        local.get 135
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 204
        local.get 136
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 205
        local.get 137
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 206
        local.get 138
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 207
        local.get 139
        i32x4.dot_i16x8_s
        i32x4.add
        local.get 208
        local.get 140
        i32x4.dot_i16x8_s
        i32x4.add
        f32x4.convert_i32x4_s
        local.get 209
        f32x4.mul
        local.get 141
        f32x4.mul
        f32x4.add
        v128.store offset=144
        local.get 5
        i32.const 256
        i32.add
        local.set 5
        local.get 1
        local.get 0
        i32.const 544
        i32.add
        local.tee 0
        i32.gt_u
        br_if 0 (;@3;)
      end
      local.get 2
      i32.const 4
      i32.add
      local.set 2
      br 1 (;@1;)
    end
  end)
