;; i8x32_128x8: int8 weights with a scale per 32, eight tokens.
;; 0.6077 instructions per multiply-add: 2489 for 2405 operators, 4096 multiply-adds a turn.
;; Written by canister/scripts/golden-kernels.mjs.
(func (param i32 i32 i32 i32 i32)
  (local v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
  local.get 1
  v128.load32_splat
  local.set 19
  local.get 1
  v128.load32_splat offset=4
  local.set 20
  local.get 1
  v128.load32_splat offset=8
  local.set 21
  local.get 1
  v128.load32_splat offset=12
  local.set 22
  local.get 1
  v128.load32_splat offset=16
  local.set 23
  local.get 1
  v128.load32_splat offset=20
  local.set 24
  local.get 1
  v128.load32_splat offset=24
  local.set 25
  local.get 1
  v128.load32_splat offset=28
  local.set 26
  local.get 1
  v128.load32_splat offset=32
  local.set 27
  local.get 1
  v128.load32_splat offset=36
  local.set 28
  local.get 1
  v128.load32_splat offset=40
  local.set 29
  local.get 1
  v128.load32_splat offset=44
  local.set 30
  local.get 1
  v128.load32_splat offset=48
  local.set 31
  local.get 1
  v128.load32_splat offset=52
  local.set 32
  local.get 1
  v128.load32_splat offset=56
  local.set 33
  local.get 1
  v128.load32_splat offset=60
  local.set 34
  local.get 1
  v128.load32_splat offset=64
  local.set 35
  local.get 1
  v128.load32_splat offset=68
  local.set 36
  local.get 1
  v128.load32_splat offset=72
  local.set 37
  local.get 1
  v128.load32_splat offset=76
  local.set 38
  local.get 1
  v128.load32_splat offset=80
  local.set 39
  local.get 1
  v128.load32_splat offset=84
  local.set 40
  local.get 1
  v128.load32_splat offset=88
  local.set 41
  local.get 1
  v128.load32_splat offset=92
  local.set 42
  local.get 1
  v128.load32_splat offset=96
  local.set 43
  local.get 1
  v128.load32_splat offset=100
  local.set 44
  local.get 1
  v128.load32_splat offset=104
  local.set 45
  local.get 1
  v128.load32_splat offset=108
  local.set 46
  local.get 1
  v128.load32_splat offset=112
  local.set 47
  local.get 1
  v128.load32_splat offset=116
  local.set 48
  local.get 1
  v128.load32_splat offset=120
  local.set 49
  local.get 1
  v128.load32_splat offset=124
  local.set 50
  local.get 1
  v128.load32_splat offset=128
  local.set 51
  local.get 1
  v128.load32_splat offset=132
  local.set 52
  local.get 1
  v128.load32_splat offset=136
  local.set 53
  local.get 1
  v128.load32_splat offset=140
  local.set 54
  local.get 1
  v128.load32_splat offset=144
  local.set 55
  local.get 1
  v128.load32_splat offset=148
  local.set 56
  local.get 1
  v128.load32_splat offset=152
  local.set 57
  local.get 1
  v128.load32_splat offset=156
  local.set 58
  local.get 1
  v128.load32_splat offset=160
  local.set 59
  local.get 1
  v128.load32_splat offset=164
  local.set 60
  local.get 1
  v128.load32_splat offset=168
  local.set 61
  local.get 1
  v128.load32_splat offset=172
  local.set 62
  local.get 1
  v128.load32_splat offset=176
  local.set 63
  local.get 1
  v128.load32_splat offset=180
  local.set 64
  local.get 1
  v128.load32_splat offset=184
  local.set 65
  local.get 1
  v128.load32_splat offset=188
  local.set 66
  local.get 1
  v128.load32_splat offset=192
  local.set 67
  local.get 1
  v128.load32_splat offset=196
  local.set 68
  local.get 1
  v128.load32_splat offset=200
  local.set 69
  local.get 1
  v128.load32_splat offset=204
  local.set 70
  local.get 1
  v128.load32_splat offset=208
  local.set 71
  local.get 1
  v128.load32_splat offset=212
  local.set 72
  local.get 1
  v128.load32_splat offset=216
  local.set 73
  local.get 1
  v128.load32_splat offset=220
  local.set 74
  local.get 1
  v128.load32_splat offset=224
  local.set 75
  local.get 1
  v128.load32_splat offset=228
  local.set 76
  local.get 1
  v128.load32_splat offset=232
  local.set 77
  local.get 1
  v128.load32_splat offset=236
  local.set 78
  local.get 1
  v128.load32_splat offset=240
  local.set 79
  local.get 1
  v128.load32_splat offset=244
  local.set 80
  local.get 1
  v128.load32_splat offset=248
  local.set 81
  local.get 1
  v128.load32_splat offset=252
  local.set 82
  local.get 2
  v128.load32_splat
  local.set 83
  local.get 2
  v128.load32_splat offset=4
  local.set 84
  local.get 1
  v128.load32_splat offset=524288
  local.set 85
  local.get 1
  v128.load32_splat offset=524292
  local.set 86
  local.get 1
  v128.load32_splat offset=524296
  local.set 87
  local.get 1
  v128.load32_splat offset=524300
  local.set 88
  local.get 1
  v128.load32_splat offset=524304
  local.set 89
  local.get 1
  v128.load32_splat offset=524308
  local.set 90
  local.get 1
  v128.load32_splat offset=524312
  local.set 91
  local.get 1
  v128.load32_splat offset=524316
  local.set 92
  local.get 1
  v128.load32_splat offset=524320
  local.set 93
  local.get 1
  v128.load32_splat offset=524324
  local.set 94
  local.get 1
  v128.load32_splat offset=524328
  local.set 95
  local.get 1
  v128.load32_splat offset=524332
  local.set 96
  local.get 1
  v128.load32_splat offset=524336
  local.set 97
  local.get 1
  v128.load32_splat offset=524340
  local.set 98
  local.get 1
  v128.load32_splat offset=524344
  local.set 99
  local.get 1
  v128.load32_splat offset=524348
  local.set 100
  local.get 1
  v128.load32_splat offset=524352
  local.set 101
  local.get 1
  v128.load32_splat offset=524356
  local.set 102
  local.get 1
  v128.load32_splat offset=524360
  local.set 103
  local.get 1
  v128.load32_splat offset=524364
  local.set 104
  local.get 1
  v128.load32_splat offset=524368
  local.set 105
  local.get 1
  v128.load32_splat offset=524372
  local.set 106
  local.get 1
  v128.load32_splat offset=524376
  local.set 107
  local.get 1
  v128.load32_splat offset=524380
  local.set 108
  local.get 1
  v128.load32_splat offset=524384
  local.set 109
  local.get 1
  v128.load32_splat offset=524388
  local.set 110
  local.get 1
  v128.load32_splat offset=524392
  local.set 111
  local.get 1
  v128.load32_splat offset=524396
  local.set 112
  local.get 1
  v128.load32_splat offset=524400
  local.set 113
  local.get 1
  v128.load32_splat offset=524404
  local.set 114
  local.get 1
  v128.load32_splat offset=524408
  local.set 115
  local.get 1
  v128.load32_splat offset=524412
  local.set 116
  local.get 1
  v128.load32_splat offset=524416
  local.set 117
  local.get 1
  v128.load32_splat offset=524420
  local.set 118
  local.get 1
  v128.load32_splat offset=524424
  local.set 119
  local.get 1
  v128.load32_splat offset=524428
  local.set 120
  local.get 1
  v128.load32_splat offset=524432
  local.set 121
  local.get 1
  v128.load32_splat offset=524436
  local.set 122
  local.get 1
  v128.load32_splat offset=524440
  local.set 123
  local.get 1
  v128.load32_splat offset=524444
  local.set 124
  local.get 1
  v128.load32_splat offset=524448
  local.set 125
  local.get 1
  v128.load32_splat offset=524452
  local.set 126
  local.get 1
  v128.load32_splat offset=524456
  local.set 127
  local.get 1
  v128.load32_splat offset=524460
  local.set 128
  local.get 1
  v128.load32_splat offset=524464
  local.set 129
  local.get 1
  v128.load32_splat offset=524468
  local.set 130
  local.get 1
  v128.load32_splat offset=524472
  local.set 131
  local.get 1
  v128.load32_splat offset=524476
  local.set 132
  local.get 1
  v128.load32_splat offset=524480
  local.set 133
  local.get 1
  v128.load32_splat offset=524484
  local.set 134
  local.get 1
  v128.load32_splat offset=524488
  local.set 135
  local.get 1
  v128.load32_splat offset=524492
  local.set 136
  local.get 1
  v128.load32_splat offset=524496
  local.set 137
  local.get 1
  v128.load32_splat offset=524500
  local.set 138
  local.get 1
  v128.load32_splat offset=524504
  local.set 139
  local.get 1
  v128.load32_splat offset=524508
  local.set 140
  local.get 1
  v128.load32_splat offset=524512
  local.set 141
  local.get 1
  v128.load32_splat offset=524516
  local.set 142
  local.get 1
  v128.load32_splat offset=524520
  local.set 143
  local.get 1
  v128.load32_splat offset=524524
  local.set 144
  local.get 1
  v128.load32_splat offset=524528
  local.set 145
  local.get 1
  v128.load32_splat offset=524532
  local.set 146
  local.get 1
  v128.load32_splat offset=524536
  local.set 147
  local.get 1
  v128.load32_splat offset=524540
  local.set 148
  local.get 2
  v128.load32_splat offset=524288
  local.set 149
  local.get 2
  v128.load32_splat offset=524292
  local.set 150
  local.get 1
  v128.load32_splat offset=1048576
  local.set 151
  local.get 1
  v128.load32_splat offset=1048580
  local.set 152
  local.get 1
  v128.load32_splat offset=1048584
  local.set 153
  local.get 1
  v128.load32_splat offset=1048588
  local.set 154
  local.get 1
  v128.load32_splat offset=1048592
  local.set 155
  local.get 1
  v128.load32_splat offset=1048596
  local.set 156
  local.get 1
  v128.load32_splat offset=1048600
  local.set 157
  local.get 1
  v128.load32_splat offset=1048604
  local.set 158
  local.get 1
  v128.load32_splat offset=1048608
  local.set 159
  local.get 1
  v128.load32_splat offset=1048612
  local.set 160
  local.get 1
  v128.load32_splat offset=1048616
  local.set 161
  local.get 1
  v128.load32_splat offset=1048620
  local.set 162
  local.get 1
  v128.load32_splat offset=1048624
  local.set 163
  local.get 1
  v128.load32_splat offset=1048628
  local.set 164
  local.get 1
  v128.load32_splat offset=1048632
  local.set 165
  local.get 1
  v128.load32_splat offset=1048636
  local.set 166
  local.get 1
  v128.load32_splat offset=1048640
  local.set 167
  local.get 1
  v128.load32_splat offset=1048644
  local.set 168
  local.get 1
  v128.load32_splat offset=1048648
  local.set 169
  local.get 1
  v128.load32_splat offset=1048652
  local.set 170
  local.get 1
  v128.load32_splat offset=1048656
  local.set 171
  local.get 1
  v128.load32_splat offset=1048660
  local.set 172
  local.get 1
  v128.load32_splat offset=1048664
  local.set 173
  local.get 1
  v128.load32_splat offset=1048668
  local.set 174
  local.get 1
  v128.load32_splat offset=1048672
  local.set 175
  local.get 1
  v128.load32_splat offset=1048676
  local.set 176
  local.get 1
  v128.load32_splat offset=1048680
  local.set 177
  local.get 1
  v128.load32_splat offset=1048684
  local.set 178
  local.get 1
  v128.load32_splat offset=1048688
  local.set 179
  local.get 1
  v128.load32_splat offset=1048692
  local.set 180
  local.get 1
  v128.load32_splat offset=1048696
  local.set 181
  local.get 1
  v128.load32_splat offset=1048700
  local.set 182
  local.get 1
  v128.load32_splat offset=1048704
  local.set 183
  local.get 1
  v128.load32_splat offset=1048708
  local.set 184
  local.get 1
  v128.load32_splat offset=1048712
  local.set 185
  local.get 1
  v128.load32_splat offset=1048716
  local.set 186
  local.get 1
  v128.load32_splat offset=1048720
  local.set 187
  local.get 1
  v128.load32_splat offset=1048724
  local.set 188
  local.get 1
  v128.load32_splat offset=1048728
  local.set 189
  local.get 1
  v128.load32_splat offset=1048732
  local.set 190
  local.get 1
  v128.load32_splat offset=1048736
  local.set 191
  local.get 1
  v128.load32_splat offset=1048740
  local.set 192
  local.get 1
  v128.load32_splat offset=1048744
  local.set 193
  local.get 1
  v128.load32_splat offset=1048748
  local.set 194
  local.get 1
  v128.load32_splat offset=1048752
  local.set 195
  local.get 1
  v128.load32_splat offset=1048756
  local.set 196
  local.get 1
  v128.load32_splat offset=1048760
  local.set 197
  local.get 1
  v128.load32_splat offset=1048764
  local.set 198
  local.get 1
  v128.load32_splat offset=1048768
  local.set 199
  local.get 1
  v128.load32_splat offset=1048772
  local.set 200
  local.get 1
  v128.load32_splat offset=1048776
  local.set 201
  local.get 1
  v128.load32_splat offset=1048780
  local.set 202
  local.get 1
  v128.load32_splat offset=1048784
  local.set 203
  local.get 1
  v128.load32_splat offset=1048788
  local.set 204
  local.get 1
  v128.load32_splat offset=1048792
  local.set 205
  local.get 1
  v128.load32_splat offset=1048796
  local.set 206
  local.get 1
  v128.load32_splat offset=1048800
  local.set 207
  local.get 1
  v128.load32_splat offset=1048804
  local.set 208
  local.get 1
  v128.load32_splat offset=1048808
  local.set 209
  local.get 1
  v128.load32_splat offset=1048812
  local.set 210
  local.get 1
  v128.load32_splat offset=1048816
  local.set 211
  local.get 1
  v128.load32_splat offset=1048820
  local.set 212
  local.get 1
  v128.load32_splat offset=1048824
  local.set 213
  local.get 1
  v128.load32_splat offset=1048828
  local.set 214
  local.get 2
  v128.load32_splat offset=1048576
  local.set 215
  local.get 2
  v128.load32_splat offset=1048580
  local.set 216
  local.get 1
  v128.load32_splat offset=1572864
  local.set 217
  local.get 1
  v128.load32_splat offset=1572868
  local.set 218
  local.get 1
  v128.load32_splat offset=1572872
  local.set 219
  local.get 1
  v128.load32_splat offset=1572876
  local.set 220
  local.get 1
  v128.load32_splat offset=1572880
  local.set 221
  local.get 1
  v128.load32_splat offset=1572884
  local.set 222
  local.get 1
  v128.load32_splat offset=1572888
  local.set 223
  local.get 1
  v128.load32_splat offset=1572892
  local.set 224
  local.get 1
  v128.load32_splat offset=1572896
  local.set 225
  local.get 1
  v128.load32_splat offset=1572900
  local.set 226
  local.get 1
  v128.load32_splat offset=1572904
  local.set 227
  local.get 1
  v128.load32_splat offset=1572908
  local.set 228
  local.get 1
  v128.load32_splat offset=1572912
  local.set 229
  local.get 1
  v128.load32_splat offset=1572916
  local.set 230
  local.get 1
  v128.load32_splat offset=1572920
  local.set 231
  local.get 1
  v128.load32_splat offset=1572924
  local.set 232
  local.get 1
  v128.load32_splat offset=1572928
  local.set 233
  local.get 1
  v128.load32_splat offset=1572932
  local.set 234
  local.get 1
  v128.load32_splat offset=1572936
  local.set 235
  local.get 1
  v128.load32_splat offset=1572940
  local.set 236
  local.get 1
  v128.load32_splat offset=1572944
  local.set 237
  local.get 1
  v128.load32_splat offset=1572948
  local.set 238
  local.get 1
  v128.load32_splat offset=1572952
  local.set 239
  local.get 1
  v128.load32_splat offset=1572956
  local.set 240
  local.get 1
  v128.load32_splat offset=1572960
  local.set 241
  local.get 1
  v128.load32_splat offset=1572964
  local.set 242
  local.get 1
  v128.load32_splat offset=1572968
  local.set 243
  local.get 1
  v128.load32_splat offset=1572972
  local.set 244
  local.get 1
  v128.load32_splat offset=1572976
  local.set 245
  local.get 1
  v128.load32_splat offset=1572980
  local.set 246
  local.get 1
  v128.load32_splat offset=1572984
  local.set 247
  local.get 1
  v128.load32_splat offset=1572988
  local.set 248
  local.get 1
  v128.load32_splat offset=1572992
  local.set 249
  local.get 1
  v128.load32_splat offset=1572996
  local.set 250
  local.get 1
  v128.load32_splat offset=1573000
  local.set 251
  local.get 1
  v128.load32_splat offset=1573004
  local.set 252
  local.get 1
  v128.load32_splat offset=1573008
  local.set 253
  local.get 1
  v128.load32_splat offset=1573012
  local.set 254
  local.get 1
  v128.load32_splat offset=1573016
  local.set 255
  local.get 1
  v128.load32_splat offset=1573020
  local.set 256
  local.get 1
  v128.load32_splat offset=1573024
  local.set 257
  local.get 1
  v128.load32_splat offset=1573028
  local.set 258
  local.get 1
  v128.load32_splat offset=1573032
  local.set 259
  local.get 1
  v128.load32_splat offset=1573036
  local.set 260
  local.get 1
  v128.load32_splat offset=1573040
  local.set 261
  local.get 1
  v128.load32_splat offset=1573044
  local.set 262
  local.get 1
  v128.load32_splat offset=1573048
  local.set 263
  local.get 1
  v128.load32_splat offset=1573052
  local.set 264
  local.get 1
  v128.load32_splat offset=1573056
  local.set 265
  local.get 1
  v128.load32_splat offset=1573060
  local.set 266
  local.get 1
  v128.load32_splat offset=1573064
  local.set 267
  local.get 1
  v128.load32_splat offset=1573068
  local.set 268
  local.get 1
  v128.load32_splat offset=1573072
  local.set 269
  local.get 1
  v128.load32_splat offset=1573076
  local.set 270
  local.get 1
  v128.load32_splat offset=1573080
  local.set 271
  local.get 1
  v128.load32_splat offset=1573084
  local.set 272
  local.get 1
  v128.load32_splat offset=1573088
  local.set 273
  local.get 1
  v128.load32_splat offset=1573092
  local.set 274
  local.get 1
  v128.load32_splat offset=1573096
  local.set 275
  local.get 1
  v128.load32_splat offset=1573100
  local.set 276
  local.get 1
  v128.load32_splat offset=1573104
  local.set 277
  local.get 1
  v128.load32_splat offset=1573108
  local.set 278
  local.get 1
  v128.load32_splat offset=1573112
  local.set 279
  local.get 1
  v128.load32_splat offset=1573116
  local.set 280
  local.get 2
  v128.load32_splat offset=1572864
  local.set 281
  local.get 2
  v128.load32_splat offset=1572868
  local.set 282
  local.get 1
  v128.load32_splat offset=2097152
  local.set 283
  local.get 1
  v128.load32_splat offset=2097156
  local.set 284
  local.get 1
  v128.load32_splat offset=2097160
  local.set 285
  local.get 1
  v128.load32_splat offset=2097164
  local.set 286
  local.get 1
  v128.load32_splat offset=2097168
  local.set 287
  local.get 1
  v128.load32_splat offset=2097172
  local.set 288
  local.get 1
  v128.load32_splat offset=2097176
  local.set 289
  local.get 1
  v128.load32_splat offset=2097180
  local.set 290
  local.get 1
  v128.load32_splat offset=2097184
  local.set 291
  local.get 1
  v128.load32_splat offset=2097188
  local.set 292
  local.get 1
  v128.load32_splat offset=2097192
  local.set 293
  local.get 1
  v128.load32_splat offset=2097196
  local.set 294
  local.get 1
  v128.load32_splat offset=2097200
  local.set 295
  local.get 1
  v128.load32_splat offset=2097204
  local.set 296
  local.get 1
  v128.load32_splat offset=2097208
  local.set 297
  local.get 1
  v128.load32_splat offset=2097212
  local.set 298
  local.get 1
  v128.load32_splat offset=2097216
  local.set 299
  local.get 1
  v128.load32_splat offset=2097220
  local.set 300
  local.get 1
  v128.load32_splat offset=2097224
  local.set 301
  local.get 1
  v128.load32_splat offset=2097228
  local.set 302
  local.get 1
  v128.load32_splat offset=2097232
  local.set 303
  local.get 1
  v128.load32_splat offset=2097236
  local.set 304
  local.get 1
  v128.load32_splat offset=2097240
  local.set 305
  local.get 1
  v128.load32_splat offset=2097244
  local.set 306
  local.get 1
  v128.load32_splat offset=2097248
  local.set 307
  local.get 1
  v128.load32_splat offset=2097252
  local.set 308
  local.get 1
  v128.load32_splat offset=2097256
  local.set 309
  local.get 1
  v128.load32_splat offset=2097260
  local.set 310
  local.get 1
  v128.load32_splat offset=2097264
  local.set 311
  local.get 1
  v128.load32_splat offset=2097268
  local.set 312
  local.get 1
  v128.load32_splat offset=2097272
  local.set 313
  local.get 1
  v128.load32_splat offset=2097276
  local.set 314
  local.get 1
  v128.load32_splat offset=2097280
  local.set 315
  local.get 1
  v128.load32_splat offset=2097284
  local.set 316
  local.get 1
  v128.load32_splat offset=2097288
  local.set 317
  local.get 1
  v128.load32_splat offset=2097292
  local.set 318
  local.get 1
  v128.load32_splat offset=2097296
  local.set 319
  local.get 1
  v128.load32_splat offset=2097300
  local.set 320
  local.get 1
  v128.load32_splat offset=2097304
  local.set 321
  local.get 1
  v128.load32_splat offset=2097308
  local.set 322
  local.get 1
  v128.load32_splat offset=2097312
  local.set 323
  local.get 1
  v128.load32_splat offset=2097316
  local.set 324
  local.get 1
  v128.load32_splat offset=2097320
  local.set 325
  local.get 1
  v128.load32_splat offset=2097324
  local.set 326
  local.get 1
  v128.load32_splat offset=2097328
  local.set 327
  local.get 1
  v128.load32_splat offset=2097332
  local.set 328
  local.get 1
  v128.load32_splat offset=2097336
  local.set 329
  local.get 1
  v128.load32_splat offset=2097340
  local.set 330
  local.get 1
  v128.load32_splat offset=2097344
  local.set 331
  local.get 1
  v128.load32_splat offset=2097348
  local.set 332
  local.get 1
  v128.load32_splat offset=2097352
  local.set 333
  local.get 1
  v128.load32_splat offset=2097356
  local.set 334
  local.get 1
  v128.load32_splat offset=2097360
  local.set 335
  local.get 1
  v128.load32_splat offset=2097364
  local.set 336
  local.get 1
  v128.load32_splat offset=2097368
  local.set 337
  local.get 1
  v128.load32_splat offset=2097372
  local.set 338
  local.get 1
  v128.load32_splat offset=2097376
  local.set 339
  local.get 1
  v128.load32_splat offset=2097380
  local.set 340
  local.get 1
  v128.load32_splat offset=2097384
  local.set 341
  local.get 1
  v128.load32_splat offset=2097388
  local.set 342
  local.get 1
  v128.load32_splat offset=2097392
  local.set 343
  local.get 1
  v128.load32_splat offset=2097396
  local.set 344
  local.get 1
  v128.load32_splat offset=2097400
  local.set 345
  local.get 1
  v128.load32_splat offset=2097404
  local.set 346
  local.get 2
  v128.load32_splat offset=2097152
  local.set 347
  local.get 2
  v128.load32_splat offset=2097156
  local.set 348
  local.get 1
  v128.load32_splat offset=2621440
  local.set 349
  local.get 1
  v128.load32_splat offset=2621444
  local.set 350
  local.get 1
  v128.load32_splat offset=2621448
  local.set 351
  local.get 1
  v128.load32_splat offset=2621452
  local.set 352
  local.get 1
  v128.load32_splat offset=2621456
  local.set 353
  local.get 1
  v128.load32_splat offset=2621460
  local.set 354
  local.get 1
  v128.load32_splat offset=2621464
  local.set 355
  local.get 1
  v128.load32_splat offset=2621468
  local.set 356
  local.get 1
  v128.load32_splat offset=2621472
  local.set 357
  local.get 1
  v128.load32_splat offset=2621476
  local.set 358
  local.get 1
  v128.load32_splat offset=2621480
  local.set 359
  local.get 1
  v128.load32_splat offset=2621484
  local.set 360
  local.get 1
  v128.load32_splat offset=2621488
  local.set 361
  local.get 1
  v128.load32_splat offset=2621492
  local.set 362
  local.get 1
  v128.load32_splat offset=2621496
  local.set 363
  local.get 1
  v128.load32_splat offset=2621500
  local.set 364
  local.get 1
  v128.load32_splat offset=2621504
  local.set 365
  local.get 1
  v128.load32_splat offset=2621508
  local.set 366
  local.get 1
  v128.load32_splat offset=2621512
  local.set 367
  local.get 1
  v128.load32_splat offset=2621516
  local.set 368
  local.get 1
  v128.load32_splat offset=2621520
  local.set 369
  local.get 1
  v128.load32_splat offset=2621524
  local.set 370
  local.get 1
  v128.load32_splat offset=2621528
  local.set 371
  local.get 1
  v128.load32_splat offset=2621532
  local.set 372
  local.get 1
  v128.load32_splat offset=2621536
  local.set 373
  local.get 1
  v128.load32_splat offset=2621540
  local.set 374
  local.get 1
  v128.load32_splat offset=2621544
  local.set 375
  local.get 1
  v128.load32_splat offset=2621548
  local.set 376
  local.get 1
  v128.load32_splat offset=2621552
  local.set 377
  local.get 1
  v128.load32_splat offset=2621556
  local.set 378
  local.get 1
  v128.load32_splat offset=2621560
  local.set 379
  local.get 1
  v128.load32_splat offset=2621564
  local.set 380
  local.get 1
  v128.load32_splat offset=2621568
  local.set 381
  local.get 1
  v128.load32_splat offset=2621572
  local.set 382
  local.get 1
  v128.load32_splat offset=2621576
  local.set 383
  local.get 1
  v128.load32_splat offset=2621580
  local.set 384
  local.get 1
  v128.load32_splat offset=2621584
  local.set 385
  local.get 1
  v128.load32_splat offset=2621588
  local.set 386
  local.get 1
  v128.load32_splat offset=2621592
  local.set 387
  local.get 1
  v128.load32_splat offset=2621596
  local.set 388
  local.get 1
  v128.load32_splat offset=2621600
  local.set 389
  local.get 1
  v128.load32_splat offset=2621604
  local.set 390
  local.get 1
  v128.load32_splat offset=2621608
  local.set 391
  local.get 1
  v128.load32_splat offset=2621612
  local.set 392
  local.get 1
  v128.load32_splat offset=2621616
  local.set 393
  local.get 1
  v128.load32_splat offset=2621620
  local.set 394
  local.get 1
  v128.load32_splat offset=2621624
  local.set 395
  local.get 1
  v128.load32_splat offset=2621628
  local.set 396
  local.get 1
  v128.load32_splat offset=2621632
  local.set 397
  local.get 1
  v128.load32_splat offset=2621636
  local.set 398
  local.get 1
  v128.load32_splat offset=2621640
  local.set 399
  local.get 1
  v128.load32_splat offset=2621644
  local.set 400
  local.get 1
  v128.load32_splat offset=2621648
  local.set 401
  local.get 1
  v128.load32_splat offset=2621652
  local.set 402
  local.get 1
  v128.load32_splat offset=2621656
  local.set 403
  local.get 1
  v128.load32_splat offset=2621660
  local.set 404
  local.get 1
  v128.load32_splat offset=2621664
  local.set 405
  local.get 1
  v128.load32_splat offset=2621668
  local.set 406
  local.get 1
  v128.load32_splat offset=2621672
  local.set 407
  local.get 1
  v128.load32_splat offset=2621676
  local.set 408
  local.get 1
  v128.load32_splat offset=2621680
  local.set 409
  local.get 1
  v128.load32_splat offset=2621684
  local.set 410
  local.get 1
  v128.load32_splat offset=2621688
  local.set 411
  local.get 1
  v128.load32_splat offset=2621692
  local.set 412
  local.get 2
  v128.load32_splat offset=2621440
  local.set 413
  local.get 2
  v128.load32_splat offset=2621444
  local.set 414
  local.get 1
  v128.load32_splat offset=3145728
  local.set 415
  local.get 1
  v128.load32_splat offset=3145732
  local.set 416
  local.get 1
  v128.load32_splat offset=3145736
  local.set 417
  local.get 1
  v128.load32_splat offset=3145740
  local.set 418
  local.get 1
  v128.load32_splat offset=3145744
  local.set 419
  local.get 1
  v128.load32_splat offset=3145748
  local.set 420
  local.get 1
  v128.load32_splat offset=3145752
  local.set 421
  local.get 1
  v128.load32_splat offset=3145756
  local.set 422
  local.get 1
  v128.load32_splat offset=3145760
  local.set 423
  local.get 1
  v128.load32_splat offset=3145764
  local.set 424
  local.get 1
  v128.load32_splat offset=3145768
  local.set 425
  local.get 1
  v128.load32_splat offset=3145772
  local.set 426
  local.get 1
  v128.load32_splat offset=3145776
  local.set 427
  local.get 1
  v128.load32_splat offset=3145780
  local.set 428
  local.get 1
  v128.load32_splat offset=3145784
  local.set 429
  local.get 1
  v128.load32_splat offset=3145788
  local.set 430
  local.get 1
  v128.load32_splat offset=3145792
  local.set 431
  local.get 1
  v128.load32_splat offset=3145796
  local.set 432
  local.get 1
  v128.load32_splat offset=3145800
  local.set 433
  local.get 1
  v128.load32_splat offset=3145804
  local.set 434
  local.get 1
  v128.load32_splat offset=3145808
  local.set 435
  local.get 1
  v128.load32_splat offset=3145812
  local.set 436
  local.get 1
  v128.load32_splat offset=3145816
  local.set 437
  local.get 1
  v128.load32_splat offset=3145820
  local.set 438
  local.get 1
  v128.load32_splat offset=3145824
  local.set 439
  local.get 1
  v128.load32_splat offset=3145828
  local.set 440
  local.get 1
  v128.load32_splat offset=3145832
  local.set 441
  local.get 1
  v128.load32_splat offset=3145836
  local.set 442
  local.get 1
  v128.load32_splat offset=3145840
  local.set 443
  local.get 1
  v128.load32_splat offset=3145844
  local.set 444
  local.get 1
  v128.load32_splat offset=3145848
  local.set 445
  local.get 1
  v128.load32_splat offset=3145852
  local.set 446
  local.get 1
  v128.load32_splat offset=3145856
  local.set 447
  local.get 1
  v128.load32_splat offset=3145860
  local.set 448
  local.get 1
  v128.load32_splat offset=3145864
  local.set 449
  local.get 1
  v128.load32_splat offset=3145868
  local.set 450
  local.get 1
  v128.load32_splat offset=3145872
  local.set 451
  local.get 1
  v128.load32_splat offset=3145876
  local.set 452
  local.get 1
  v128.load32_splat offset=3145880
  local.set 453
  local.get 1
  v128.load32_splat offset=3145884
  local.set 454
  local.get 1
  v128.load32_splat offset=3145888
  local.set 455
  local.get 1
  v128.load32_splat offset=3145892
  local.set 456
  local.get 1
  v128.load32_splat offset=3145896
  local.set 457
  local.get 1
  v128.load32_splat offset=3145900
  local.set 458
  local.get 1
  v128.load32_splat offset=3145904
  local.set 459
  local.get 1
  v128.load32_splat offset=3145908
  local.set 460
  local.get 1
  v128.load32_splat offset=3145912
  local.set 461
  local.get 1
  v128.load32_splat offset=3145916
  local.set 462
  local.get 1
  v128.load32_splat offset=3145920
  local.set 463
  local.get 1
  v128.load32_splat offset=3145924
  local.set 464
  local.get 1
  v128.load32_splat offset=3145928
  local.set 465
  local.get 1
  v128.load32_splat offset=3145932
  local.set 466
  local.get 1
  v128.load32_splat offset=3145936
  local.set 467
  local.get 1
  v128.load32_splat offset=3145940
  local.set 468
  local.get 1
  v128.load32_splat offset=3145944
  local.set 469
  local.get 1
  v128.load32_splat offset=3145948
  local.set 470
  local.get 1
  v128.load32_splat offset=3145952
  local.set 471
  local.get 1
  v128.load32_splat offset=3145956
  local.set 472
  local.get 1
  v128.load32_splat offset=3145960
  local.set 473
  local.get 1
  v128.load32_splat offset=3145964
  local.set 474
  local.get 1
  v128.load32_splat offset=3145968
  local.set 475
  local.get 1
  v128.load32_splat offset=3145972
  local.set 476
  local.get 1
  v128.load32_splat offset=3145976
  local.set 477
  local.get 1
  v128.load32_splat offset=3145980
  local.set 478
  local.get 2
  v128.load32_splat offset=3145728
  local.set 479
  local.get 2
  v128.load32_splat offset=3145732
  local.set 480
  local.get 1
  v128.load32_splat offset=3670016
  local.set 481
  local.get 1
  v128.load32_splat offset=3670020
  local.set 482
  local.get 1
  v128.load32_splat offset=3670024
  local.set 483
  local.get 1
  v128.load32_splat offset=3670028
  local.set 484
  local.get 1
  v128.load32_splat offset=3670032
  local.set 485
  local.get 1
  v128.load32_splat offset=3670036
  local.set 486
  local.get 1
  v128.load32_splat offset=3670040
  local.set 487
  local.get 1
  v128.load32_splat offset=3670044
  local.set 488
  local.get 1
  v128.load32_splat offset=3670048
  local.set 489
  local.get 1
  v128.load32_splat offset=3670052
  local.set 490
  local.get 1
  v128.load32_splat offset=3670056
  local.set 491
  local.get 1
  v128.load32_splat offset=3670060
  local.set 492
  local.get 1
  v128.load32_splat offset=3670064
  local.set 493
  local.get 1
  v128.load32_splat offset=3670068
  local.set 494
  local.get 1
  v128.load32_splat offset=3670072
  local.set 495
  local.get 1
  v128.load32_splat offset=3670076
  local.set 496
  local.get 1
  v128.load32_splat offset=3670080
  local.set 497
  local.get 1
  v128.load32_splat offset=3670084
  local.set 498
  local.get 1
  v128.load32_splat offset=3670088
  local.set 499
  local.get 1
  v128.load32_splat offset=3670092
  local.set 500
  local.get 1
  v128.load32_splat offset=3670096
  local.set 501
  local.get 1
  v128.load32_splat offset=3670100
  local.set 502
  local.get 1
  v128.load32_splat offset=3670104
  local.set 503
  local.get 1
  v128.load32_splat offset=3670108
  local.set 504
  local.get 1
  v128.load32_splat offset=3670112
  local.set 505
  local.get 1
  v128.load32_splat offset=3670116
  local.set 506
  local.get 1
  v128.load32_splat offset=3670120
  local.set 507
  local.get 1
  v128.load32_splat offset=3670124
  local.set 508
  local.get 1
  v128.load32_splat offset=3670128
  local.set 509
  local.get 1
  v128.load32_splat offset=3670132
  local.set 510
  local.get 1
  v128.load32_splat offset=3670136
  local.set 511
  local.get 1
  v128.load32_splat offset=3670140
  local.set 512
  local.get 1
  v128.load32_splat offset=3670144
  local.set 513
  local.get 1
  v128.load32_splat offset=3670148
  local.set 514
  local.get 1
  v128.load32_splat offset=3670152
  local.set 515
  local.get 1
  v128.load32_splat offset=3670156
  local.set 516
  local.get 1
  v128.load32_splat offset=3670160
  local.set 517
  local.get 1
  v128.load32_splat offset=3670164
  local.set 518
  local.get 1
  v128.load32_splat offset=3670168
  local.set 519
  local.get 1
  v128.load32_splat offset=3670172
  local.set 520
  local.get 1
  v128.load32_splat offset=3670176
  local.set 521
  local.get 1
  v128.load32_splat offset=3670180
  local.set 522
  local.get 1
  v128.load32_splat offset=3670184
  local.set 523
  local.get 1
  v128.load32_splat offset=3670188
  local.set 524
  local.get 1
  v128.load32_splat offset=3670192
  local.set 525
  local.get 1
  v128.load32_splat offset=3670196
  local.set 526
  local.get 1
  v128.load32_splat offset=3670200
  local.set 527
  local.get 1
  v128.load32_splat offset=3670204
  local.set 528
  local.get 1
  v128.load32_splat offset=3670208
  local.set 529
  local.get 1
  v128.load32_splat offset=3670212
  local.set 530
  local.get 1
  v128.load32_splat offset=3670216
  local.set 531
  local.get 1
  v128.load32_splat offset=3670220
  local.set 532
  local.get 1
  v128.load32_splat offset=3670224
  local.set 533
  local.get 1
  v128.load32_splat offset=3670228
  local.set 534
  local.get 1
  v128.load32_splat offset=3670232
  local.set 535
  local.get 1
  v128.load32_splat offset=3670236
  local.set 536
  local.get 1
  v128.load32_splat offset=3670240
  local.set 537
  local.get 1
  v128.load32_splat offset=3670244
  local.set 538
  local.get 1
  v128.load32_splat offset=3670248
  local.set 539
  local.get 1
  v128.load32_splat offset=3670252
  local.set 540
  local.get 1
  v128.load32_splat offset=3670256
  local.set 541
  local.get 1
  v128.load32_splat offset=3670260
  local.set 542
  local.get 1
  v128.load32_splat offset=3670264
  local.set 543
  local.get 1
  v128.load32_splat offset=3670268
  local.set 544
  local.get 2
  v128.load32_splat offset=3670016
  local.set 545
  local.get 2
  v128.load32_splat offset=3670020
  local.set 546
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
      local.get 0
      i32.const 576
      i32.add
      local.tee 0
      v128.load8x8_s offset=16 align=1
      local.tee 11
      local.get 19
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=24 align=1
      local.tee 12
      local.get 20
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=32 align=1
      local.tee 13
      local.get 21
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=40 align=1
      local.tee 14
      local.get 22
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=48 align=1
      local.tee 15
      local.get 23
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=56 align=1
      local.tee 16
      local.get 24
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=64 align=1
      local.tee 17
      local.get 25
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=72 align=1
      local.tee 18
      local.get 26
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=80 align=1
      local.tee 547
      local.get 27
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=88 align=1
      local.tee 548
      local.get 28
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=96 align=1
      local.tee 549
      local.get 29
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=104 align=1
      local.tee 550
      local.get 30
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=112 align=1
      local.tee 551
      local.get 31
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=120 align=1
      local.tee 552
      local.get 32
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=128 align=1
      local.tee 553
      local.get 33
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=136 align=1
      local.tee 554
      local.get 34
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load
      local.tee 555
      f32x4.mul
      local.set 556
      local.get 11
      local.get 85
      i32x4.dot_i16x8_s
      local.get 12
      local.get 86
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 13
      local.get 87
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 14
      local.get 88
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 15
      local.get 89
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 16
      local.get 90
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 17
      local.get 91
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 18
      local.get 92
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 547
      local.get 93
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 548
      local.get 94
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 95
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 96
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 97
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 98
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 99
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 100
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 555
      f32x4.mul
      local.set 5
      local.get 11
      local.get 151
      i32x4.dot_i16x8_s
      local.get 12
      local.get 152
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 13
      local.get 153
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 14
      local.get 154
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 15
      local.get 155
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 16
      local.get 156
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 17
      local.get 157
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 18
      local.get 158
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 547
      local.get 159
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 548
      local.get 160
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 161
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 162
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 163
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 164
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 165
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 166
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 555
      f32x4.mul
      local.set 6
      local.get 11
      local.get 217
      i32x4.dot_i16x8_s
      local.get 12
      local.get 218
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 13
      local.get 219
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 14
      local.get 220
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 15
      local.get 221
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 16
      local.get 222
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 17
      local.get 223
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 18
      local.get 224
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 547
      local.get 225
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 548
      local.get 226
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 227
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 228
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 229
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 230
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 231
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 232
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 555
      f32x4.mul
      local.set 7
      local.get 11
      local.get 283
      i32x4.dot_i16x8_s
      local.get 12
      local.get 284
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 13
      local.get 285
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 14
      local.get 286
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 15
      local.get 287
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 16
      local.get 288
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 17
      local.get 289
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 18
      local.get 290
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 547
      local.get 291
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 548
      local.get 292
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 293
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 294
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 295
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 296
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 297
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 298
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 555
      f32x4.mul
      local.set 8
      local.get 11
      local.get 349
      i32x4.dot_i16x8_s
      local.get 12
      local.get 350
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 13
      local.get 351
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 14
      local.get 352
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 15
      local.get 353
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 16
      local.get 354
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 17
      local.get 355
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 18
      local.get 356
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 547
      local.get 357
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 548
      local.get 358
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 359
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 360
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 361
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 362
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 363
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 364
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 555
      f32x4.mul
      local.set 9
      local.get 11
      local.get 415
      i32x4.dot_i16x8_s
      local.get 12
      local.get 416
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 13
      local.get 417
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 14
      local.get 418
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 15
      local.get 419
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 16
      local.get 420
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 17
      local.get 421
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 18
      local.get 422
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 547
      local.get 423
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 548
      local.get 424
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 425
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 426
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 427
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 428
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 429
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 430
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 555
      f32x4.mul
      local.set 10
      local.get 11
      local.get 481
      i32x4.dot_i16x8_s
      local.get 12
      local.get 482
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 13
      local.get 483
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 14
      local.get 484
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 15
      local.get 485
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 16
      local.get 486
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 17
      local.get 487
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 18
      local.get 488
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 547
      local.get 489
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 548
      local.get 490
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 491
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 492
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 493
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 494
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 495
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 496
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 555
      f32x4.mul
      local.set 11
      local.get 3
      i32.const 16
      i32.add
      local.tee 3
      v128.load
      local.get 4
      if (result v128)  ;; label = @3
        local.get 556
      else
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 5
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 6
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 7
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 8
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 9
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 10
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 11
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
      end
      local.get 0
      v128.load8x8_s offset=160 align=1
      local.tee 18
      local.get 35
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=168 align=1
      local.tee 547
      local.get 36
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=176 align=1
      local.tee 548
      local.get 37
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=184 align=1
      local.tee 549
      local.get 38
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=192 align=1
      local.tee 550
      local.get 39
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=200 align=1
      local.tee 551
      local.get 40
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=208 align=1
      local.tee 552
      local.get 41
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=216 align=1
      local.tee 553
      local.get 42
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=224 align=1
      local.tee 554
      local.get 43
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=232 align=1
      local.tee 555
      local.get 44
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=240 align=1
      local.tee 556
      local.get 45
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=248 align=1
      local.tee 557
      local.get 46
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=256 align=1
      local.tee 558
      local.get 47
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=264 align=1
      local.tee 559
      local.get 48
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=272 align=1
      local.tee 560
      local.get 49
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=280 align=1
      local.tee 561
      local.get 50
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=144
      local.tee 562
      f32x4.mul
      f32x4.add
      local.get 83
      f32x4.mul
      f32x4.add
      local.set 563
      local.get 3
      v128.load offset=524288
      local.get 5
      local.get 18
      local.get 101
      i32x4.dot_i16x8_s
      local.get 547
      local.get 102
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 548
      local.get 103
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 104
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 105
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 106
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 107
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 108
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 109
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 110
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 111
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 112
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 113
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 114
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 115
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 116
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 562
      f32x4.mul
      f32x4.add
      local.get 149
      f32x4.mul
      f32x4.add
      local.set 12
      local.get 3
      v128.load offset=1048576
      local.get 6
      local.get 18
      local.get 167
      i32x4.dot_i16x8_s
      local.get 547
      local.get 168
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 548
      local.get 169
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 170
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 171
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 172
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 173
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 174
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 175
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 176
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 177
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 178
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 179
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 180
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 181
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 182
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 562
      f32x4.mul
      f32x4.add
      local.get 215
      f32x4.mul
      f32x4.add
      local.set 13
      local.get 3
      v128.load offset=1572864
      local.get 7
      local.get 18
      local.get 233
      i32x4.dot_i16x8_s
      local.get 547
      local.get 234
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 548
      local.get 235
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 236
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 237
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 238
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 239
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 240
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 241
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 242
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 243
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 244
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 245
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 246
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 247
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 248
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 562
      f32x4.mul
      f32x4.add
      local.get 281
      f32x4.mul
      f32x4.add
      local.set 14
      local.get 3
      v128.load offset=2097152
      local.get 8
      local.get 18
      local.get 299
      i32x4.dot_i16x8_s
      local.get 547
      local.get 300
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 548
      local.get 301
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 302
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 303
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 304
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 305
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 306
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 307
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 308
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 309
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 310
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 311
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 312
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 313
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 314
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 562
      f32x4.mul
      f32x4.add
      local.get 347
      f32x4.mul
      f32x4.add
      local.set 15
      local.get 3
      v128.load offset=2621440
      local.get 9
      local.get 18
      local.get 365
      i32x4.dot_i16x8_s
      local.get 547
      local.get 366
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 548
      local.get 367
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 368
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 369
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 370
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 371
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 372
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 373
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 374
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 375
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 376
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 377
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 378
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 379
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 380
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 562
      f32x4.mul
      f32x4.add
      local.get 413
      f32x4.mul
      f32x4.add
      local.set 16
      local.get 3
      v128.load offset=3145728
      local.get 10
      local.get 18
      local.get 431
      i32x4.dot_i16x8_s
      local.get 547
      local.get 432
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 548
      local.get 433
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 434
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 435
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 436
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 437
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 438
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 439
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 440
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 441
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 442
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 443
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 444
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 445
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 446
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 562
      f32x4.mul
      f32x4.add
      local.get 479
      f32x4.mul
      f32x4.add
      local.set 17
      local.get 3
      v128.load offset=3670016
      local.get 11
      local.get 18
      local.get 497
      i32x4.dot_i16x8_s
      local.get 547
      local.get 498
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 548
      local.get 499
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 500
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 501
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 502
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 503
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 504
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 505
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 506
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 507
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 508
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 509
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 510
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 511
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 512
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 562
      f32x4.mul
      f32x4.add
      local.get 545
      f32x4.mul
      f32x4.add
      local.set 18
      local.get 0
      v128.load8x8_s offset=304 align=1
      local.tee 11
      local.get 51
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=312 align=1
      local.tee 548
      local.get 52
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=320 align=1
      local.tee 549
      local.get 53
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=328 align=1
      local.tee 550
      local.get 54
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=336 align=1
      local.tee 551
      local.get 55
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=344 align=1
      local.tee 552
      local.get 56
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=352 align=1
      local.tee 553
      local.get 57
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=360 align=1
      local.tee 554
      local.get 58
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=368 align=1
      local.tee 555
      local.get 59
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=376 align=1
      local.tee 556
      local.get 60
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=384 align=1
      local.tee 557
      local.get 61
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=392 align=1
      local.tee 558
      local.get 62
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=400 align=1
      local.tee 559
      local.get 63
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=408 align=1
      local.tee 560
      local.get 64
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=416 align=1
      local.tee 561
      local.get 65
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=424 align=1
      local.tee 562
      local.get 66
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=288
      local.tee 564
      f32x4.mul
      local.set 547
      local.get 11
      local.get 117
      i32x4.dot_i16x8_s
      local.get 548
      local.get 118
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 119
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 120
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 121
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 122
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 123
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 124
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 125
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 126
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 127
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 128
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 129
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 130
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 131
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 562
      local.get 132
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 564
      f32x4.mul
      local.set 5
      local.get 11
      local.get 183
      i32x4.dot_i16x8_s
      local.get 548
      local.get 184
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 185
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 186
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 187
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 188
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 189
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 190
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 191
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 192
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 193
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 194
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 195
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 196
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 197
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 562
      local.get 198
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 564
      f32x4.mul
      local.set 6
      local.get 11
      local.get 249
      i32x4.dot_i16x8_s
      local.get 548
      local.get 250
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 251
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 252
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 253
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 254
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 255
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 256
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 257
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 258
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 259
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 260
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 261
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 262
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 263
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 562
      local.get 264
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 564
      f32x4.mul
      local.set 7
      local.get 11
      local.get 315
      i32x4.dot_i16x8_s
      local.get 548
      local.get 316
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 317
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 318
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 319
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 320
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 321
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 322
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 323
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 324
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 325
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 326
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 327
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 328
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 329
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 562
      local.get 330
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 564
      f32x4.mul
      local.set 8
      local.get 11
      local.get 381
      i32x4.dot_i16x8_s
      local.get 548
      local.get 382
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 383
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 384
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 385
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 386
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 387
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 388
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 389
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 390
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 391
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 392
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 393
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 394
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 395
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 562
      local.get 396
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 564
      f32x4.mul
      local.set 9
      local.get 11
      local.get 447
      i32x4.dot_i16x8_s
      local.get 548
      local.get 448
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 449
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 450
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 451
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 452
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 453
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 454
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 455
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 456
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 457
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 458
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 459
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 460
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 461
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 562
      local.get 462
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 564
      f32x4.mul
      local.set 10
      local.get 11
      local.get 513
      i32x4.dot_i16x8_s
      local.get 548
      local.get 514
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 515
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 516
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 517
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 518
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 519
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 520
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 521
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 522
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 523
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 524
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 525
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 526
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 527
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 562
      local.get 528
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 564
      f32x4.mul
      local.set 11
      local.get 3
      local.get 4
      if (result v128)  ;; label = @3
        local.get 563
      else
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 12
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 13
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 14
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 15
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 16
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 17
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 18
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
      end
      local.get 4
      if (result v128)  ;; label = @3
        local.get 547
      else
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 5
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 6
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 7
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 8
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 9
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 10
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
        local.set 11
        v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
      end
      local.get 0
      v128.load8x8_s offset=448 align=1
      local.tee 547
      local.get 67
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=456 align=1
      local.tee 548
      local.get 68
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=464 align=1
      local.tee 549
      local.get 69
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=472 align=1
      local.tee 550
      local.get 70
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=480 align=1
      local.tee 551
      local.get 71
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=488 align=1
      local.tee 552
      local.get 72
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=496 align=1
      local.tee 553
      local.get 73
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=504 align=1
      local.tee 554
      local.get 74
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=512 align=1
      local.tee 555
      local.get 75
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=520 align=1
      local.tee 556
      local.get 76
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=528 align=1
      local.tee 557
      local.get 77
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=536 align=1
      local.tee 558
      local.get 78
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=544 align=1
      local.tee 559
      local.get 79
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=552 align=1
      local.tee 560
      local.get 80
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=560 align=1
      local.tee 561
      local.get 81
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=568 align=1
      local.tee 562
      local.get 82
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=432
      local.tee 563
      f32x4.mul
      f32x4.add
      local.get 84
      f32x4.mul
      f32x4.add
      v128.store
      local.get 3
      local.get 12
      local.get 5
      local.get 547
      local.get 133
      i32x4.dot_i16x8_s
      local.get 548
      local.get 134
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 135
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 136
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 137
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 138
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 139
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 140
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 141
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 142
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 143
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 144
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 145
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 146
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 147
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 562
      local.get 148
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 563
      f32x4.mul
      f32x4.add
      local.get 150
      f32x4.mul
      f32x4.add
      v128.store offset=524288
      local.get 3
      local.get 13
      local.get 6
      local.get 547
      local.get 199
      i32x4.dot_i16x8_s
      local.get 548
      local.get 200
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 201
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 202
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 203
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 204
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 205
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 206
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 207
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 208
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 209
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 210
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 211
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 212
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 213
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 562
      local.get 214
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 563
      f32x4.mul
      f32x4.add
      local.get 216
      f32x4.mul
      f32x4.add
      v128.store offset=1048576
      local.get 3
      local.get 14
      local.get 7
      local.get 547
      local.get 265
      i32x4.dot_i16x8_s
      local.get 548
      local.get 266
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 267
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 268
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 269
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 270
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 271
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 272
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 273
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 274
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 275
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 276
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 277
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 278
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 279
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 562
      local.get 280
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 563
      f32x4.mul
      f32x4.add
      local.get 282
      f32x4.mul
      f32x4.add
      v128.store offset=1572864
      local.get 3
      local.get 15
      local.get 8
      local.get 547
      local.get 331
      i32x4.dot_i16x8_s
      local.get 548
      local.get 332
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 333
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 334
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 335
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 336
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 337
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 338
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 339
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 340
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 341
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 342
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 343
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 344
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 345
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 562
      local.get 346
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 563
      f32x4.mul
      f32x4.add
      local.get 348
      f32x4.mul
      f32x4.add
      v128.store offset=2097152
      local.get 3
      local.get 16
      local.get 9
      local.get 547
      local.get 397
      i32x4.dot_i16x8_s
      local.get 548
      local.get 398
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 399
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 400
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 401
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 402
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 403
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 404
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 405
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 406
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 407
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 408
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 409
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 410
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 411
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 562
      local.get 412
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 563
      f32x4.mul
      f32x4.add
      local.get 414
      f32x4.mul
      f32x4.add
      v128.store offset=2621440
      local.get 3
      local.get 17
      local.get 10
      local.get 547
      local.get 463
      i32x4.dot_i16x8_s
      local.get 548
      local.get 464
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 465
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 466
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 467
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 468
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 469
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 470
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 471
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 472
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 473
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 474
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 475
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 476
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 477
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 562
      local.get 478
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 563
      f32x4.mul
      f32x4.add
      local.get 480
      f32x4.mul
      f32x4.add
      v128.store offset=3145728
      local.get 3
      local.get 18
      local.get 11
      local.get 547
      local.get 529
      i32x4.dot_i16x8_s
      local.get 548
      local.get 530
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 549
      local.get 531
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 550
      local.get 532
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 551
      local.get 533
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 552
      local.get 534
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 553
      local.get 535
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 554
      local.get 536
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 555
      local.get 537
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 556
      local.get 538
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 557
      local.get 539
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 558
      local.get 540
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 559
      local.get 541
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 560
      local.get 542
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 561
      local.get 543
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 562
      local.get 544
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 563
      f32x4.mul
      f32x4.add
      local.get 546
      f32x4.mul
      f32x4.add
      v128.store offset=3670016
      local.get 1
      local.get 3
      i32.gt_u
      br_if 0 (;@2;)
    end
  end)
