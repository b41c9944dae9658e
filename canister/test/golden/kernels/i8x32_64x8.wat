;; i8x32_64x8: int8 weights with a scale per 32, eight tokens.
;; 0.6055 instructions per multiply-add: 1240 for 1199 operators, 2048 multiply-adds a turn.
;; Written by canister/scripts/golden-kernels.mjs.
(func (param i32 i32 i32 i32 i32 i32)
  (local v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
  local.get 2
  v128.load32_splat
  local.set 40
  local.get 2
  v128.load32_splat offset=4
  local.set 41
  local.get 2
  v128.load32_splat offset=8
  local.set 42
  local.get 2
  v128.load32_splat offset=12
  local.set 43
  local.get 2
  v128.load32_splat offset=16
  local.set 44
  local.get 2
  v128.load32_splat offset=20
  local.set 45
  local.get 2
  v128.load32_splat offset=24
  local.set 46
  local.get 2
  v128.load32_splat offset=28
  local.set 47
  local.get 2
  v128.load32_splat offset=32
  local.set 48
  local.get 2
  v128.load32_splat offset=36
  local.set 49
  local.get 2
  v128.load32_splat offset=40
  local.set 50
  local.get 2
  v128.load32_splat offset=44
  local.set 51
  local.get 2
  v128.load32_splat offset=48
  local.set 52
  local.get 2
  v128.load32_splat offset=52
  local.set 53
  local.get 2
  v128.load32_splat offset=56
  local.set 54
  local.get 2
  v128.load32_splat offset=60
  local.set 55
  local.get 2
  v128.load32_splat offset=64
  local.set 56
  local.get 2
  v128.load32_splat offset=68
  local.set 57
  local.get 2
  v128.load32_splat offset=72
  local.set 58
  local.get 2
  v128.load32_splat offset=76
  local.set 59
  local.get 2
  v128.load32_splat offset=80
  local.set 60
  local.get 2
  v128.load32_splat offset=84
  local.set 61
  local.get 2
  v128.load32_splat offset=88
  local.set 62
  local.get 2
  v128.load32_splat offset=92
  local.set 63
  local.get 2
  v128.load32_splat offset=96
  local.set 64
  local.get 2
  v128.load32_splat offset=100
  local.set 65
  local.get 2
  v128.load32_splat offset=104
  local.set 66
  local.get 2
  v128.load32_splat offset=108
  local.set 67
  local.get 2
  v128.load32_splat offset=112
  local.set 68
  local.get 2
  v128.load32_splat offset=116
  local.set 69
  local.get 2
  v128.load32_splat offset=120
  local.set 70
  local.get 2
  v128.load32_splat offset=124
  local.set 71
  local.get 3
  v128.load32_splat
  local.set 72
  local.get 2
  v128.load32_splat offset=524288
  local.set 73
  local.get 2
  v128.load32_splat offset=524292
  local.set 74
  local.get 2
  v128.load32_splat offset=524296
  local.set 75
  local.get 2
  v128.load32_splat offset=524300
  local.set 76
  local.get 2
  v128.load32_splat offset=524304
  local.set 77
  local.get 2
  v128.load32_splat offset=524308
  local.set 78
  local.get 2
  v128.load32_splat offset=524312
  local.set 79
  local.get 2
  v128.load32_splat offset=524316
  local.set 80
  local.get 2
  v128.load32_splat offset=524320
  local.set 81
  local.get 2
  v128.load32_splat offset=524324
  local.set 82
  local.get 2
  v128.load32_splat offset=524328
  local.set 83
  local.get 2
  v128.load32_splat offset=524332
  local.set 84
  local.get 2
  v128.load32_splat offset=524336
  local.set 85
  local.get 2
  v128.load32_splat offset=524340
  local.set 86
  local.get 2
  v128.load32_splat offset=524344
  local.set 87
  local.get 2
  v128.load32_splat offset=524348
  local.set 88
  local.get 2
  v128.load32_splat offset=524352
  local.set 89
  local.get 2
  v128.load32_splat offset=524356
  local.set 90
  local.get 2
  v128.load32_splat offset=524360
  local.set 91
  local.get 2
  v128.load32_splat offset=524364
  local.set 92
  local.get 2
  v128.load32_splat offset=524368
  local.set 93
  local.get 2
  v128.load32_splat offset=524372
  local.set 94
  local.get 2
  v128.load32_splat offset=524376
  local.set 95
  local.get 2
  v128.load32_splat offset=524380
  local.set 96
  local.get 2
  v128.load32_splat offset=524384
  local.set 97
  local.get 2
  v128.load32_splat offset=524388
  local.set 98
  local.get 2
  v128.load32_splat offset=524392
  local.set 99
  local.get 2
  v128.load32_splat offset=524396
  local.set 100
  local.get 2
  v128.load32_splat offset=524400
  local.set 101
  local.get 2
  v128.load32_splat offset=524404
  local.set 102
  local.get 2
  v128.load32_splat offset=524408
  local.set 103
  local.get 2
  v128.load32_splat offset=524412
  local.set 104
  local.get 3
  v128.load32_splat offset=524288
  local.set 105
  local.get 2
  v128.load32_splat offset=1048576
  local.set 106
  local.get 2
  v128.load32_splat offset=1048580
  local.set 107
  local.get 2
  v128.load32_splat offset=1048584
  local.set 108
  local.get 2
  v128.load32_splat offset=1048588
  local.set 109
  local.get 2
  v128.load32_splat offset=1048592
  local.set 110
  local.get 2
  v128.load32_splat offset=1048596
  local.set 111
  local.get 2
  v128.load32_splat offset=1048600
  local.set 112
  local.get 2
  v128.load32_splat offset=1048604
  local.set 113
  local.get 2
  v128.load32_splat offset=1048608
  local.set 114
  local.get 2
  v128.load32_splat offset=1048612
  local.set 115
  local.get 2
  v128.load32_splat offset=1048616
  local.set 116
  local.get 2
  v128.load32_splat offset=1048620
  local.set 117
  local.get 2
  v128.load32_splat offset=1048624
  local.set 118
  local.get 2
  v128.load32_splat offset=1048628
  local.set 119
  local.get 2
  v128.load32_splat offset=1048632
  local.set 120
  local.get 2
  v128.load32_splat offset=1048636
  local.set 121
  local.get 2
  v128.load32_splat offset=1048640
  local.set 122
  local.get 2
  v128.load32_splat offset=1048644
  local.set 123
  local.get 2
  v128.load32_splat offset=1048648
  local.set 124
  local.get 2
  v128.load32_splat offset=1048652
  local.set 125
  local.get 2
  v128.load32_splat offset=1048656
  local.set 126
  local.get 2
  v128.load32_splat offset=1048660
  local.set 127
  local.get 2
  v128.load32_splat offset=1048664
  local.set 128
  local.get 2
  v128.load32_splat offset=1048668
  local.set 129
  local.get 2
  v128.load32_splat offset=1048672
  local.set 130
  local.get 2
  v128.load32_splat offset=1048676
  local.set 131
  local.get 2
  v128.load32_splat offset=1048680
  local.set 132
  local.get 2
  v128.load32_splat offset=1048684
  local.set 133
  local.get 2
  v128.load32_splat offset=1048688
  local.set 134
  local.get 2
  v128.load32_splat offset=1048692
  local.set 135
  local.get 2
  v128.load32_splat offset=1048696
  local.set 136
  local.get 2
  v128.load32_splat offset=1048700
  local.set 137
  local.get 3
  v128.load32_splat offset=1048576
  local.set 138
  local.get 2
  v128.load32_splat offset=1572864
  local.set 139
  local.get 2
  v128.load32_splat offset=1572868
  local.set 140
  local.get 2
  v128.load32_splat offset=1572872
  local.set 141
  local.get 2
  v128.load32_splat offset=1572876
  local.set 142
  local.get 2
  v128.load32_splat offset=1572880
  local.set 143
  local.get 2
  v128.load32_splat offset=1572884
  local.set 144
  local.get 2
  v128.load32_splat offset=1572888
  local.set 145
  local.get 2
  v128.load32_splat offset=1572892
  local.set 146
  local.get 2
  v128.load32_splat offset=1572896
  local.set 147
  local.get 2
  v128.load32_splat offset=1572900
  local.set 148
  local.get 2
  v128.load32_splat offset=1572904
  local.set 149
  local.get 2
  v128.load32_splat offset=1572908
  local.set 150
  local.get 2
  v128.load32_splat offset=1572912
  local.set 151
  local.get 2
  v128.load32_splat offset=1572916
  local.set 152
  local.get 2
  v128.load32_splat offset=1572920
  local.set 153
  local.get 2
  v128.load32_splat offset=1572924
  local.set 154
  local.get 2
  v128.load32_splat offset=1572928
  local.set 155
  local.get 2
  v128.load32_splat offset=1572932
  local.set 156
  local.get 2
  v128.load32_splat offset=1572936
  local.set 157
  local.get 2
  v128.load32_splat offset=1572940
  local.set 158
  local.get 2
  v128.load32_splat offset=1572944
  local.set 159
  local.get 2
  v128.load32_splat offset=1572948
  local.set 160
  local.get 2
  v128.load32_splat offset=1572952
  local.set 161
  local.get 2
  v128.load32_splat offset=1572956
  local.set 162
  local.get 2
  v128.load32_splat offset=1572960
  local.set 163
  local.get 2
  v128.load32_splat offset=1572964
  local.set 164
  local.get 2
  v128.load32_splat offset=1572968
  local.set 165
  local.get 2
  v128.load32_splat offset=1572972
  local.set 166
  local.get 2
  v128.load32_splat offset=1572976
  local.set 167
  local.get 2
  v128.load32_splat offset=1572980
  local.set 168
  local.get 2
  v128.load32_splat offset=1572984
  local.set 169
  local.get 2
  v128.load32_splat offset=1572988
  local.set 170
  local.get 3
  v128.load32_splat offset=1572864
  local.set 171
  local.get 2
  v128.load32_splat offset=2097152
  local.set 172
  local.get 2
  v128.load32_splat offset=2097156
  local.set 173
  local.get 2
  v128.load32_splat offset=2097160
  local.set 174
  local.get 2
  v128.load32_splat offset=2097164
  local.set 175
  local.get 2
  v128.load32_splat offset=2097168
  local.set 176
  local.get 2
  v128.load32_splat offset=2097172
  local.set 177
  local.get 2
  v128.load32_splat offset=2097176
  local.set 178
  local.get 2
  v128.load32_splat offset=2097180
  local.set 179
  local.get 2
  v128.load32_splat offset=2097184
  local.set 180
  local.get 2
  v128.load32_splat offset=2097188
  local.set 181
  local.get 2
  v128.load32_splat offset=2097192
  local.set 182
  local.get 2
  v128.load32_splat offset=2097196
  local.set 183
  local.get 2
  v128.load32_splat offset=2097200
  local.set 184
  local.get 2
  v128.load32_splat offset=2097204
  local.set 185
  local.get 2
  v128.load32_splat offset=2097208
  local.set 186
  local.get 2
  v128.load32_splat offset=2097212
  local.set 187
  local.get 2
  v128.load32_splat offset=2097216
  local.set 188
  local.get 2
  v128.load32_splat offset=2097220
  local.set 189
  local.get 2
  v128.load32_splat offset=2097224
  local.set 190
  local.get 2
  v128.load32_splat offset=2097228
  local.set 191
  local.get 2
  v128.load32_splat offset=2097232
  local.set 192
  local.get 2
  v128.load32_splat offset=2097236
  local.set 193
  local.get 2
  v128.load32_splat offset=2097240
  local.set 194
  local.get 2
  v128.load32_splat offset=2097244
  local.set 195
  local.get 2
  v128.load32_splat offset=2097248
  local.set 196
  local.get 2
  v128.load32_splat offset=2097252
  local.set 197
  local.get 2
  v128.load32_splat offset=2097256
  local.set 198
  local.get 2
  v128.load32_splat offset=2097260
  local.set 199
  local.get 2
  v128.load32_splat offset=2097264
  local.set 200
  local.get 2
  v128.load32_splat offset=2097268
  local.set 201
  local.get 2
  v128.load32_splat offset=2097272
  local.set 202
  local.get 2
  v128.load32_splat offset=2097276
  local.set 203
  local.get 3
  v128.load32_splat offset=2097152
  local.set 204
  local.get 2
  v128.load32_splat offset=2621440
  local.set 205
  local.get 2
  v128.load32_splat offset=2621444
  local.set 206
  local.get 2
  v128.load32_splat offset=2621448
  local.set 207
  local.get 2
  v128.load32_splat offset=2621452
  local.set 208
  local.get 2
  v128.load32_splat offset=2621456
  local.set 209
  local.get 2
  v128.load32_splat offset=2621460
  local.set 210
  local.get 2
  v128.load32_splat offset=2621464
  local.set 211
  local.get 2
  v128.load32_splat offset=2621468
  local.set 212
  local.get 2
  v128.load32_splat offset=2621472
  local.set 213
  local.get 2
  v128.load32_splat offset=2621476
  local.set 214
  local.get 2
  v128.load32_splat offset=2621480
  local.set 215
  local.get 2
  v128.load32_splat offset=2621484
  local.set 216
  local.get 2
  v128.load32_splat offset=2621488
  local.set 217
  local.get 2
  v128.load32_splat offset=2621492
  local.set 218
  local.get 2
  v128.load32_splat offset=2621496
  local.set 219
  local.get 2
  v128.load32_splat offset=2621500
  local.set 220
  local.get 2
  v128.load32_splat offset=2621504
  local.set 221
  local.get 2
  v128.load32_splat offset=2621508
  local.set 222
  local.get 2
  v128.load32_splat offset=2621512
  local.set 223
  local.get 2
  v128.load32_splat offset=2621516
  local.set 224
  local.get 2
  v128.load32_splat offset=2621520
  local.set 225
  local.get 2
  v128.load32_splat offset=2621524
  local.set 226
  local.get 2
  v128.load32_splat offset=2621528
  local.set 227
  local.get 2
  v128.load32_splat offset=2621532
  local.set 228
  local.get 2
  v128.load32_splat offset=2621536
  local.set 229
  local.get 2
  v128.load32_splat offset=2621540
  local.set 230
  local.get 2
  v128.load32_splat offset=2621544
  local.set 231
  local.get 2
  v128.load32_splat offset=2621548
  local.set 232
  local.get 2
  v128.load32_splat offset=2621552
  local.set 233
  local.get 2
  v128.load32_splat offset=2621556
  local.set 234
  local.get 2
  v128.load32_splat offset=2621560
  local.set 235
  local.get 2
  v128.load32_splat offset=2621564
  local.set 236
  local.get 3
  v128.load32_splat offset=2621440
  local.set 237
  local.get 2
  v128.load32_splat offset=3145728
  local.set 238
  local.get 2
  v128.load32_splat offset=3145732
  local.set 239
  local.get 2
  v128.load32_splat offset=3145736
  local.set 240
  local.get 2
  v128.load32_splat offset=3145740
  local.set 241
  local.get 2
  v128.load32_splat offset=3145744
  local.set 242
  local.get 2
  v128.load32_splat offset=3145748
  local.set 243
  local.get 2
  v128.load32_splat offset=3145752
  local.set 244
  local.get 2
  v128.load32_splat offset=3145756
  local.set 245
  local.get 2
  v128.load32_splat offset=3145760
  local.set 246
  local.get 2
  v128.load32_splat offset=3145764
  local.set 247
  local.get 2
  v128.load32_splat offset=3145768
  local.set 248
  local.get 2
  v128.load32_splat offset=3145772
  local.set 249
  local.get 2
  v128.load32_splat offset=3145776
  local.set 250
  local.get 2
  v128.load32_splat offset=3145780
  local.set 251
  local.get 2
  v128.load32_splat offset=3145784
  local.set 252
  local.get 2
  v128.load32_splat offset=3145788
  local.set 253
  local.get 2
  v128.load32_splat offset=3145792
  local.set 254
  local.get 2
  v128.load32_splat offset=3145796
  local.set 255
  local.get 2
  v128.load32_splat offset=3145800
  local.set 256
  local.get 2
  v128.load32_splat offset=3145804
  local.set 257
  local.get 2
  v128.load32_splat offset=3145808
  local.set 258
  local.get 2
  v128.load32_splat offset=3145812
  local.set 259
  local.get 2
  v128.load32_splat offset=3145816
  local.set 260
  local.get 2
  v128.load32_splat offset=3145820
  local.set 261
  local.get 2
  v128.load32_splat offset=3145824
  local.set 262
  local.get 2
  v128.load32_splat offset=3145828
  local.set 263
  local.get 2
  v128.load32_splat offset=3145832
  local.set 264
  local.get 2
  v128.load32_splat offset=3145836
  local.set 265
  local.get 2
  v128.load32_splat offset=3145840
  local.set 266
  local.get 2
  v128.load32_splat offset=3145844
  local.set 267
  local.get 2
  v128.load32_splat offset=3145848
  local.set 268
  local.get 2
  v128.load32_splat offset=3145852
  local.set 269
  local.get 3
  v128.load32_splat offset=3145728
  local.set 270
  local.get 2
  v128.load32_splat offset=3670016
  local.set 271
  local.get 2
  v128.load32_splat offset=3670020
  local.set 272
  local.get 2
  v128.load32_splat offset=3670024
  local.set 273
  local.get 2
  v128.load32_splat offset=3670028
  local.set 274
  local.get 2
  v128.load32_splat offset=3670032
  local.set 275
  local.get 2
  v128.load32_splat offset=3670036
  local.set 276
  local.get 2
  v128.load32_splat offset=3670040
  local.set 277
  local.get 2
  v128.load32_splat offset=3670044
  local.set 278
  local.get 2
  v128.load32_splat offset=3670048
  local.set 279
  local.get 2
  v128.load32_splat offset=3670052
  local.set 280
  local.get 2
  v128.load32_splat offset=3670056
  local.set 281
  local.get 2
  v128.load32_splat offset=3670060
  local.set 282
  local.get 2
  v128.load32_splat offset=3670064
  local.set 283
  local.get 2
  v128.load32_splat offset=3670068
  local.set 284
  local.get 2
  v128.load32_splat offset=3670072
  local.set 285
  local.get 2
  v128.load32_splat offset=3670076
  local.set 286
  local.get 2
  v128.load32_splat offset=3670080
  local.set 287
  local.get 2
  v128.load32_splat offset=3670084
  local.set 288
  local.get 2
  v128.load32_splat offset=3670088
  local.set 289
  local.get 2
  v128.load32_splat offset=3670092
  local.set 290
  local.get 2
  v128.load32_splat offset=3670096
  local.set 291
  local.get 2
  v128.load32_splat offset=3670100
  local.set 292
  local.get 2
  v128.load32_splat offset=3670104
  local.set 293
  local.get 2
  v128.load32_splat offset=3670108
  local.set 294
  local.get 2
  v128.load32_splat offset=3670112
  local.set 295
  local.get 2
  v128.load32_splat offset=3670116
  local.set 296
  local.get 2
  v128.load32_splat offset=3670120
  local.set 297
  local.get 2
  v128.load32_splat offset=3670124
  local.set 298
  local.get 2
  v128.load32_splat offset=3670128
  local.set 299
  local.get 2
  v128.load32_splat offset=3670132
  local.set 300
  local.get 2
  v128.load32_splat offset=3670136
  local.set 301
  local.get 2
  v128.load32_splat offset=3670140
  local.set 302
  local.get 3
  v128.load32_splat offset=3670016
  local.set 303
  local.get 4
  local.get 5
  i32.lt_u
  if  ;; label = @1
    loop  ;; label = @2
      local.get 4
      local.get 4
      v128.load
      local.get 0
      v128.load8x8_s offset=16 align=1
      local.tee 6
      local.get 40
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=24 align=1
      local.tee 7
      local.get 41
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=32 align=1
      local.tee 8
      local.get 42
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=40 align=1
      local.tee 9
      local.get 43
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=48 align=1
      local.tee 10
      local.get 44
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=56 align=1
      local.tee 11
      local.get 45
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=64 align=1
      local.tee 12
      local.get 46
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=72 align=1
      local.tee 13
      local.get 47
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=80 align=1
      local.tee 14
      local.get 48
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=88 align=1
      local.tee 15
      local.get 49
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=96 align=1
      local.tee 16
      local.get 50
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=104 align=1
      local.tee 17
      local.get 51
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=112 align=1
      local.tee 18
      local.get 52
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=120 align=1
      local.tee 19
      local.get 53
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=128 align=1
      local.tee 20
      local.get 54
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=136 align=1
      local.tee 21
      local.get 55
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load
      local.tee 22
      f32x4.mul
      local.get 0
      v128.load8x8_s offset=160 align=1
      local.tee 23
      local.get 56
      i32x4.dot_i16x8_s
      local.get 0
      v128.load8x8_s offset=168 align=1
      local.tee 24
      local.get 57
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=176 align=1
      local.tee 25
      local.get 58
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=184 align=1
      local.tee 26
      local.get 59
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=192 align=1
      local.tee 27
      local.get 60
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=200 align=1
      local.tee 28
      local.get 61
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=208 align=1
      local.tee 29
      local.get 62
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=216 align=1
      local.tee 30
      local.get 63
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=224 align=1
      local.tee 31
      local.get 64
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=232 align=1
      local.tee 32
      local.get 65
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=240 align=1
      local.tee 33
      local.get 66
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=248 align=1
      local.tee 34
      local.get 67
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=256 align=1
      local.tee 35
      local.get 68
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=264 align=1
      local.tee 36
      local.get 69
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=272 align=1
      local.tee 37
      local.get 70
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 0
      v128.load8x8_s offset=280 align=1
      local.tee 38
      local.get 71
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 0
      v128.load offset=144
      local.tee 39
      f32x4.mul
      f32x4.add
      local.get 72
      f32x4.mul
      f32x4.add
      v128.store
      local.get 4
      local.get 4
      v128.load offset=524288
      local.get 6
      local.get 73
      i32x4.dot_i16x8_s
      local.get 7
      local.get 74
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 8
      local.get 75
      i32x4.dot_i16x8_s
      i32x4.add
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
      f32x4.convert_i32x4_s
      local.get 22
      f32x4.mul
      local.get 23
      local.get 89
      i32x4.dot_i16x8_s
      local.get 24
      local.get 90
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 25
      local.get 91
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 26
      local.get 92
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 27
      local.get 93
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 28
      local.get 94
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 29
      local.get 95
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 30
      local.get 96
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 31
      local.get 97
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 32
      local.get 98
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 33
      local.get 99
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 34
      local.get 100
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 35
      local.get 101
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 36
      local.get 102
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 37
      local.get 103
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 38
      local.get 104
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 39
      f32x4.mul
      f32x4.add
      local.get 105
      f32x4.mul
      f32x4.add
      v128.store offset=524288
      local.get 4
      local.get 4
      v128.load offset=1048576
      local.get 6
      local.get 106
      i32x4.dot_i16x8_s
      local.get 7
      local.get 107
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 8
      local.get 108
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 9
      local.get 109
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 10
      local.get 110
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 11
      local.get 111
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 12
      local.get 112
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 13
      local.get 113
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 14
      local.get 114
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 15
      local.get 115
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 16
      local.get 116
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 17
      local.get 117
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 18
      local.get 118
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 19
      local.get 119
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 20
      local.get 120
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 21
      local.get 121
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 22
      f32x4.mul
      local.get 23
      local.get 122
      i32x4.dot_i16x8_s
      local.get 24
      local.get 123
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 25
      local.get 124
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 26
      local.get 125
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 27
      local.get 126
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 28
      local.get 127
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 29
      local.get 128
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 30
      local.get 129
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 31
      local.get 130
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 32
      local.get 131
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 33
      local.get 132
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 34
      local.get 133
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 35
      local.get 134
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 36
      local.get 135
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 37
      local.get 136
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 38
      local.get 137
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 39
      f32x4.mul
      f32x4.add
      local.get 138
      f32x4.mul
      f32x4.add
      v128.store offset=1048576
      local.get 4
      local.get 4
      v128.load offset=1572864
      local.get 6
      local.get 139
      i32x4.dot_i16x8_s
      local.get 7
      local.get 140
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 8
      local.get 141
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 9
      local.get 142
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 10
      local.get 143
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 11
      local.get 144
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 12
      local.get 145
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 13
      local.get 146
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 14
      local.get 147
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 15
      local.get 148
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 16
      local.get 149
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 17
      local.get 150
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 18
      local.get 151
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 19
      local.get 152
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 20
      local.get 153
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 21
      local.get 154
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 22
      f32x4.mul
      local.get 23
      local.get 155
      i32x4.dot_i16x8_s
      local.get 24
      local.get 156
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 25
      local.get 157
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 26
      local.get 158
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 27
      local.get 159
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 28
      local.get 160
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 29
      local.get 161
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 30
      local.get 162
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 31
      local.get 163
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 32
      local.get 164
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 33
      local.get 165
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 34
      local.get 166
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 35
      local.get 167
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 36
      local.get 168
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 37
      local.get 169
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 38
      local.get 170
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 39
      f32x4.mul
      f32x4.add
      local.get 171
      f32x4.mul
      f32x4.add
      v128.store offset=1572864
      local.get 4
      local.get 4
      v128.load offset=2097152
      local.get 6
      local.get 172
      i32x4.dot_i16x8_s
      local.get 7
      local.get 173
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 8
      local.get 174
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 9
      local.get 175
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 10
      local.get 176
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 11
      local.get 177
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 12
      local.get 178
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 13
      local.get 179
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 14
      local.get 180
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 15
      local.get 181
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 16
      local.get 182
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 17
      local.get 183
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 18
      local.get 184
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 19
      local.get 185
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 20
      local.get 186
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 21
      local.get 187
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 22
      f32x4.mul
      local.get 23
      local.get 188
      i32x4.dot_i16x8_s
      local.get 24
      local.get 189
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 25
      local.get 190
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 26
      local.get 191
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 27
      local.get 192
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 28
      local.get 193
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 29
      local.get 194
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 30
      local.get 195
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 31
      local.get 196
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 32
      local.get 197
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 33
      local.get 198
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 34
      local.get 199
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 35
      local.get 200
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 36
      local.get 201
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 37
      local.get 202
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 38
      local.get 203
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 39
      f32x4.mul
      f32x4.add
      local.get 204
      f32x4.mul
      f32x4.add
      v128.store offset=2097152
      local.get 4
      local.get 4
      v128.load offset=2621440
      local.get 6
      local.get 205
      i32x4.dot_i16x8_s
      local.get 7
      local.get 206
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 8
      local.get 207
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 9
      local.get 208
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 10
      local.get 209
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 11
      local.get 210
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 12
      local.get 211
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 13
      local.get 212
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 14
      local.get 213
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 15
      local.get 214
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 16
      local.get 215
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 17
      local.get 216
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 18
      local.get 217
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 19
      local.get 218
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 20
      local.get 219
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 21
      local.get 220
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 22
      f32x4.mul
      local.get 23
      local.get 221
      i32x4.dot_i16x8_s
      local.get 24
      local.get 222
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 25
      local.get 223
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 26
      local.get 224
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 27
      local.get 225
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 28
      local.get 226
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 29
      local.get 227
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 30
      local.get 228
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 31
      local.get 229
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 32
      local.get 230
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 33
      local.get 231
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 34
      local.get 232
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 35
      local.get 233
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 36
      local.get 234
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 37
      local.get 235
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 38
      local.get 236
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 39
      f32x4.mul
      f32x4.add
      local.get 237
      f32x4.mul
      f32x4.add
      v128.store offset=2621440
      local.get 4
      local.get 4
      v128.load offset=3145728
      local.get 6
      local.get 238
      i32x4.dot_i16x8_s
      local.get 7
      local.get 239
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 8
      local.get 240
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 9
      local.get 241
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 10
      local.get 242
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 11
      local.get 243
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 12
      local.get 244
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 13
      local.get 245
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 14
      local.get 246
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 15
      local.get 247
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 16
      local.get 248
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 17
      local.get 249
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 18
      local.get 250
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 19
      local.get 251
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 20
      local.get 252
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 21
      local.get 253
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 22
      f32x4.mul
      local.get 23
      local.get 254
      i32x4.dot_i16x8_s
      local.get 24
      local.get 255
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 25
      local.get 256
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 26
      local.get 257
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 27
      local.get 258
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 28
      local.get 259
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 29
      local.get 260
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 30
      local.get 261
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 31
      local.get 262
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 32
      local.get 263
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 33
      local.get 264
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 34
      local.get 265
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 35
      local.get 266
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 36
      local.get 267
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 37
      local.get 268
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 38
      local.get 269
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 39
      f32x4.mul
      f32x4.add
      local.get 270
      f32x4.mul
      f32x4.add
      v128.store offset=3145728
      local.get 4
      local.get 4
      v128.load offset=3670016
      local.get 6
      local.get 271
      i32x4.dot_i16x8_s
      local.get 7
      local.get 272
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 8
      local.get 273
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 9
      local.get 274
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 10
      local.get 275
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 11
      local.get 276
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 12
      local.get 277
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 13
      local.get 278
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 14
      local.get 279
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 15
      local.get 280
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 16
      local.get 281
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 17
      local.get 282
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 18
      local.get 283
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 19
      local.get 284
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 20
      local.get 285
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 21
      local.get 286
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 22
      f32x4.mul
      local.get 23
      local.get 287
      i32x4.dot_i16x8_s
      local.get 24
      local.get 288
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 25
      local.get 289
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 26
      local.get 290
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 27
      local.get 291
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 28
      local.get 292
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 29
      local.get 293
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 30
      local.get 294
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 31
      local.get 295
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 32
      local.get 296
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 33
      local.get 297
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 34
      local.get 298
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 35
      local.get 299
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 36
      local.get 300
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 37
      local.get 301
      i32x4.dot_i16x8_s
      i32x4.add
      local.get 38
      local.get 302
      i32x4.dot_i16x8_s
      i32x4.add
      f32x4.convert_i32x4_s
      local.get 39
      f32x4.mul
      f32x4.add
      local.get 303
      f32x4.mul
      f32x4.add
      v128.store offset=3670016
      local.get 0
      local.get 1
      i32.add
      local.set 0
      local.get 5
      local.get 4
      i32.const 16
      i32.add
      local.tee 4
      i32.gt_u
      br_if 0 (;@2;)
    end
  end)
